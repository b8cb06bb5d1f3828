use zeroize::Zeroizing;

/// What the app keeps in the vault for the device that has it, when it replaces the vault's keys.
///
/// It is no setting, and goes into no answer and no export: a sealed PIN and secrets of earlier keys are the vault's own.
/// So it has neither `Debug` nor `Serialize`, and its secret parts are zeroed on drop.
#[derive(Clone, Default, PartialEq)]
pub struct Device {
    /// The stretched PIN, sealed for the PIN's slot.
    pub pin: Option<Zeroizing<Vec<u8>>>,
    /// The mark secrets of the vault's earlier keys, in their order.
    pub marks: Vec<Zeroizing<[u8; 32]>>,
    /// Names of secrets that the device's store has still to delete.
    pub forget: Vec<String>,
}

impl Device {
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
