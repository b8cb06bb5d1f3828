//! After a lock, this process holds no key and no secret any more: all its writable memory is searched, stacks and all.
//!
//! What is searched for is kept XORed with [`search::MASK`] and compared byte by byte, so that the search plants nothing; the keys are
//! derived by another process (`examples/keys.rs`). The commands are called as Tauri calls them, each on a thread that goes
//! on to live, as those of its pool do, with all that is left on its stack; but without a web view and its messages.
#![allow(clippy::print_stdout, reason = "the numbers are worth reading")]

mod keys;
mod search;
mod work;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tauri::test::{MockRuntime, mock_builder};
use trousseau_app::AppOptions;
use trousseau_app::clipboard::NoClipboard;
use trousseau_app::platform::secret_store::{SecretId, SecretStore, SecretStoreError};
use trousseau_wire::{Biometric, CameraKind, FrameEncoding};
use zeroize::Zeroizing;

use crate::keys::derived_elsewhere;
use crate::search::{Needle, Scan, masked, search, unmasked};
use crate::work::{Hands, Secrets, work};

/// A device that keeps its keys masked, as a real one keeps them in another process.
#[derive(Clone, Default)]
struct MaskedSecretStore(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl SecretStore for MaskedSecretStore {
    fn keeps_secrets(&self) -> bool {
        true
    }

    fn biometric(&self) -> Biometric {
        Biometric::Absent
    }

    fn read(
        &self,
        item: &SecretId,
        _: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let kept = self.0.lock().expect("nobody panics while holding it");
        Ok(kept.get(&item.name()).map(|masked| unmasked(masked)))
    }

    fn write(&self, item: &SecretId, value: &[u8], _: &str) -> Result<(), SecretStoreError> {
        let mut kept = self.0.lock().expect("nobody panics while holding it");
        kept.insert(item.name(), masked(value));
        Ok(())
    }

    fn remove(&self, item: &SecretId) -> Result<(), SecretStoreError> {
        let mut kept = self.0.lock().expect("nobody panics while holding it");
        kept.remove(&item.name());
        Ok(())
    }
}

fn start(folder: &Path, device: MaskedSecretStore) -> tauri::App<MockRuntime> {
    let start = AppOptions {
        folder: Some(folder.into()),
        camera: CameraKind::Web,
        frame_encoding: FrameEncoding::Raw,
        clipboard: Some(Box::new(NoClipboard)),
        secret_store: Some(Arc::new(device)),
        ..AppOptions::default()
    };
    let mut app = trousseau_app::build(mock_builder(), start)
        .build(trousseau_app::context())
        .expect("the mock runtime needs no display");
    #[expect(
        deprecated,
        reason = "`run_return` does not return from the mock runtime's loop"
    )]
    app.run_iteration(|_, _| {});
    app
}

fn say(what: &str, scan: &Scan) {
    println!(
        "{what}: {} regions, {} bytes, {} needles found",
        scan.regions,
        scan.bytes,
        scan.hits.len()
    );
    for (name, places) in &scan.hits {
        println!("  {name}: {} times, {}", places.len(), places.join("; "));
    }
}

#[test]
fn nothing_is_left_in_memory_after_a_lock() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let device = MaskedSecretStore::default();
    let app = start(folder.path(), device.clone());
    let secrets = Secrets::new();
    let mut needles = secrets.needles();
    let hands = Hands {
        app: app.handle().clone(),
    };
    let (of_words, phrase) = work(&hands, &secrets);
    needles.extend(of_words);
    let kept = device.0.lock().expect("nobody panics while holding it");
    let pin_key = kept.iter().find(|(name, _)| name.contains(".pin."));
    let pin_key = pin_key.expect("it was kept").1.clone();
    drop(kept);
    needles.push(Needle {
        name: "device key".into(),
        masked: pin_key.clone(),
    });
    needles.extend(derived_elsewhere(
        &folder.path().join("vault.trousseau"),
        &[
            ("passphrase", &secrets.other, None),
            ("pin", &secrets.pin, Some(pin_key)),
            ("recovery", &phrase, None),
        ],
    ));

    let open = search(&needles);
    say("open", &open);
    for name in ["key master", "secret 0", "secret 4", "note"] {
        assert!(
            open.hits.contains_key(name),
            "{name} is not found while the vault is open: the search finds nothing"
        );
    }
    hands.lock();
    let locked = search(&needles);
    say("locked", &locked);
    assert_eq!(locked.hits, BTreeMap::new());
    assert!(locked.stacks == 1 && locked.bytes > 1 << 20);

    // Whatever is kept is found.
    let kept = unmasked(&secrets.passphrase);
    let found = search(&needles);
    assert_eq!(found.hits["passphrase"].len(), 1);
    drop(kept);
    assert_eq!(search(&needles).hits, BTreeMap::new());
}
