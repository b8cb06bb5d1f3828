use proptest::{collection::vec, option, prelude::*};
use serde_json::{Map, Value, json};
use trousseau_entries::{EntryPatch, Settings, VaultData};
use trousseau_otp::Secret;
use uuid::Uuid;

use crate::support::{read, written};

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            object(inner).prop_map(Value::from)
        ]
    })
}

/// Objects with names that no version will use.
fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    vec(
        (
            any::<String>().prop_map(|key| format!("later {key}")),
            value,
        ),
        0..4,
    )
    .prop_map(|fields| fields.into_iter().collect())
}

/// The fields of a kind.
fn content() -> impl Strategy<Value = Value> {
    let secret = vec(any::<u8>(), 1..80)
        .prop_map(|bytes| Secret::from_bytes(bytes).unwrap().to_base32().to_string());
    let algorithm = prop_oneof![Just("SHA1"), Just("SHA256"), Just("SHA512")];
    let otp = (secret, algorithm, 6..=10u8, 1..=3600u32, any::<u64>(), 0..3).prop_map(
        |(secret, algorithm, digits, period, counter, kind)| match kind {
            0 => json!({"kind": "totp", "secret": secret, "algorithm": algorithm, "digits": digits, "period": period}),
            1 => json!({"kind": "hotp", "secret": secret, "algorithm": algorithm, "digits": digits, "counter": counter}),
            _ => json!({"kind": "steam", "secret": secret}),
        },
    );
    let code = (any::<String>(), option::of(any::<u64>()))
        .prop_map(|(code, used_at)| json!({"code": code, "used_at": used_at}));
    prop_oneof![
        3 => otp,
        1 => vec(code, 0..4).prop_map(|codes| json!({"kind": "issued", "codes": codes})),
        1 => (any::<String>(), any::<u32>())
            .prop_map(|(sender, holds_for)| json!({"kind": "message", "sender": sender, "holds_for": holds_for})),
        1 => (any::<String>(), object(value()))
            .prop_map(|(origin, data)| json!({"kind": "other", "origin": origin, "data": data})),
    ]
}

/// A valid value, an invalid one, or none.
fn renewal() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        2 => Just(None),
        2 => prop_oneof![Just("due"), Just("done")].prop_map(|name| Some(json!(name))),
        1 => value().prop_map(Some),
    ]
}

/// An entry with every field; its id is set from its index in the list.
fn entry() -> impl Strategy<Value = Value> {
    let texts = (
        any::<String>(),
        any::<String>(),
        any::<String>(),
        option::of(any::<String>()),
    );
    let times = (
        any::<u64>(),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
        any::<u32>(),
    );
    let lists = (
        vec(any::<u128>(), 0..3),
        vec((any::<String>(), any::<String>()), 0..3),
    );
    let modified = proptest::collection::btree_map(any::<String>(), any::<u64>(), 0..3);
    let position = "[1-9a-z]{6}([0-9a-z]{0,3}[1-9a-z])?";
    let marks = (any::<bool>(), renewal());
    (texts, times, lists, modified, position, marks, content(), object(value())).prop_map(
        |(texts, times, lists, modified, position, (favourite, renewal), content, unknown)| {
            let mut entry = json!({
                "issuer": texts.0, "account": texts.1, "note": texts.2, "icon": texts.3,
                "created": times.0, "last_used": times.1, "trashed": times.2, "use_count": times.3,
                "groups": lists.0.into_iter().map(Uuid::from_u128).collect::<Vec<_>>(), "extra": lists.1,
                "modified": modified, "position": position, "favourite": favourite,
            });
            let fields = entry.as_object_mut().unwrap();
            fields.extend(content.as_object().unwrap().clone());
            fields.extend(renewal.map(|renewal| ("renewal".into(), renewal)));
            fields.extend(unknown);
            entry
        },
    )
}

fn document() -> impl Strategy<Value = Value> {
    let named = (any::<String>(), any::<u64>());
    (vec(entry(), 0..6), vec(named, 0..3), vec(any::<u64>(), 0..3)).prop_map(|(mut entries, groups, tombstones)| {
        let id = |section: u8, at: usize| json!(Uuid::from_u128((u128::from(section) << 64) + at as u128));
        for (at, entry) in entries.iter_mut().enumerate() {
            entry["id"] = id(0, at);
        }
        let groups = groups.into_iter().enumerate();
        let tombstones = tombstones.into_iter().enumerate();
        json!({
            "version": 1,
            "entries": entries,
            "groups": groups.map(|(at, group)| json!({"id": id(1, at), "name": group.0, "modified": group.1}))
                .collect::<Vec<_>>(),
            "tombstones": tombstones.map(|(at, purged)| json!({"id": id(2, at), "purged": purged})).collect::<Vec<_>>(),
            "preferences": {
                "lock_after_s": 0, "reveal_s": u32::MAX, "show_all": true, "copy_on_touch": false, "offer_next": false, "clipboard_s": 1, "hide_screen": false, "clock_offset_s": i32::MIN, "recovery_confirmed": true,
            },
        })
    })
}

#[derive(Clone, Debug)]
struct Step {
    what: u8,
    which: usize,
    text: String,
    now: u64,
}

fn step() -> impl Strategy<Value = Step> {
    (0..13u8, any::<usize>(), any::<String>(), 0..u64::MAX).prop_map(|(what, which, text, now)| {
        Step {
            what,
            which,
            text,
            now,
        }
    })
}

/// Applies the steps. A step that returns an error changes nothing.
fn walk(
    entries: &mut VaultData,
    Step {
        what,
        which,
        text,
        now,
    }: Step,
) {
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let groups: Vec<_> = entries.groups().map(|group| group.id).collect();
    let Some(&id) = ids.get(which % ids.len().max(1)) else {
        return;
    };
    let done = match what {
        0 => entries.trash(id, now),
        1 => entries.restore(id, now),
        2 => entries.purge(id, now),
        3 if text.is_empty() => entries.move_before(id, ids[ids.len() - 1], now),
        3 => entries.move_after(id, ids.first().copied(), now),
        4 => entries.add_group(&text, now).map(drop),
        5 => entries.edit(
            id,
            EntryPatch {
                groups: Some(groups),
                ..EntryPatch::default()
            },
            now,
        ),
        6 => entries.edit(
            id,
            EntryPatch {
                note: Some(text),
                icon: Some(Some("i".into())),
                ..EntryPatch::default()
            },
            now,
        ),
        7 => entries.advance_counter(id, now).map(drop).or(Ok(())),
        8 => groups
            .first()
            .map_or(Ok(()), |group| entries.remove_group(*group, now)),
        9 => {
            entries.begin_new_secrets_checklist();
            Ok(())
        }
        10 => {
            entries.end_new_secrets_checklist();
            Ok(())
        }
        11 => entries.tick_new_secret(id, now % 2 == 0).or(Ok(())),
        _ => {
            entries.record_use(id, now);
            let preferences = Settings {
                reveal_s: now as u32,
                show_all: now % 2 == 0,
                ..*entries.settings()
            };
            entries.set_settings(preferences);
            Ok(())
        }
    };
    assert!(
        done.is_ok() || what == 4,
        "only a group without a name is refused"
    );
}

proptest! {
    #[test]
    fn a_document_is_written_as_it_was_read(document in document()) {
        prop_assert_eq!(&written(&read(&document).unwrap()), &document);
    }

    #[test]
    fn changed_data_survives_a_round_trip(document in document(), steps in vec(step(), 0..20)) {
        let mut entries = read(&document).unwrap();
        steps.into_iter().for_each(|step| walk(&mut entries, step));
        let json = entries.to_json();
        prop_assert_eq!(json.capacity(), json.len());
        let read = VaultData::from_json(&json).unwrap();
        prop_assert!(entries.iter().eq(read.iter()));
        prop_assert!(entries.groups().eq(read.groups()));
        prop_assert_eq!(entries.settings(), read.settings());
        prop_assert!(read.to_json() == json);
    }

    #[test]
    fn unknown_fields_are_written_back(unknown in object(value()), kind in "[a-z]{7,12}") {
        let with = |known: Value| {
            let mut fields = unknown.clone();
            fields.extend(known.as_object().unwrap().clone());
            Value::from(fields)
        };
        let id = "6b1f5c1e-3f0a-4a58-9d2e-0c5b8f6a7e10";
        let entry = with(json!({"id": id, "kind": kind, "position": "i00000", "created": 1}));
        let json = with(json!({"version": 1, "entries": [entry], "preferences": unknown}));
        let out = written(&read(&json).unwrap());
        for (name, value) in &unknown {
            for place in [&out, &out["entries"][0], &out["preferences"]] {
                prop_assert_eq!(&place[name], value);
            }
        }
        prop_assert_eq!(&out["entries"][0]["kind"], &kind);
    }

    #[test]
    fn altered_bytes_are_refused_or_kept(
        at in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = include_bytes!("everything.json").to_vec();
        for (place, byte) in at {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(entries) = VaultData::from_json(&bytes) {
            let json = entries.to_json();
            prop_assert!(VaultData::from_json(&json).is_ok_and(|again| again.to_json() == json));
        }
    }
}
