use zeroize::Zeroizing;

/// Data in the vault for the device that has it; needed to replace the vault's keys.
///
/// It is neither shown nor exported, because it contains a sealed PIN and secrets of earlier keys. It has neither `Debug`
/// nor `Serialize`, and its secret parts are zeroized on drop.
#[derive(Clone, Default, PartialEq)]
pub struct DeviceSection {
    /// The stretched PIN, sealed for the PIN's slot.
    pub pin: Option<Zeroizing<Vec<u8>>>,
    /// The mark secrets of the vault's earlier master keys, in their order.
    pub marks: Vec<Zeroizing<[u8; 32]>>,
    /// Names of the secrets that are still to be deleted from the device's store.
    pub forget: Vec<String>,
}

impl DeviceSection {
    /// The names of the fields that differ from `other`.
    pub(crate) fn differing(&self, other: &Self) -> Vec<&'static str> {
        let Self { pin, marks, forget } = self;
        let differs = [
            ("pin", *pin != other.pin),
            ("marks", *marks != other.marks),
            ("forget", *forget != other.forget),
        ];
        let differing = differs.into_iter().filter(|(_, differs)| *differs);
        differing.map(|(name, _)| name).collect()
    }
}
