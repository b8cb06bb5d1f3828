use serde::Serialize;
use serde::de::DeserializeOwned;
use trousseau_wire as wire;

/// Any JSON from the web view is rejected, or parses to a value that survives a round trip.
pub fn wire(data: &[u8]) {
    // Arguments of commands.
    keeps::<wire::ListRequest>(data);
    keeps::<wire::CodeRef>(data);
    keeps::<wire::EntryChanges>(data);
    keeps::<wire::ManualEntry>(data);
    keeps::<wire::DraftChanges>(data);
    keeps::<Vec<wire::TypedWord>>(data);
    keeps::<wire::Credential>(data);
    keeps::<wire::Appearance>(data);
    keeps::<wire::SecuritySettings>(data);
    keeps::<Option<wire::Kind>>(data);
    keeps::<wire::Algorithm>(data);
    keeps::<wire::Sort>(data);
    // Answers, which the tests parse.
    keeps::<wire::Status>(data);
    keeps::<wire::CoreEvent>(data);
    keeps::<wire::Strength>(data);
    keeps::<wire::RecoveryWords>(data);
    keeps::<wire::ListPage>(data);
    keeps::<wire::RevealedCode>(data);
    keeps::<wire::Copied>(data);
    keeps::<wire::EntryDetails>(data);
    keeps::<wire::ScanResult>(data);
    keeps::<wire::CameraEvent>(data);
    keeps::<wire::SavedEntry>(data);
    keeps::<wire::SavedEntries>(data);
    keeps::<wire::Batch>(data);
    keeps::<wire::Diagnosis>(data);
    keeps::<wire::WireError>(data);
}

fn keeps<T: DeserializeOwned + Serialize>(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(data) else {
        return;
    };
    let written = serde_json::to_string(&value).unwrap_or_else(|error| panic!("{error}"));
    let again: T = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}"));
    let again = serde_json::to_string(&again).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again, written);
}
