//! The session's one state machine: [`Phase`] and [`next`].

use crate::clock::MonotonicTime;

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing on disk yet.
    NoVault,
    /// A vault is there and closed.
    Locked,
    /// No attempt is taken before the wait is over.
    RateLimited,
    /// A credential is being tried; `from` is where a refusal goes back to.
    Unlocking {
        /// What was closed.
        from: AttemptOn,
    },
    /// Open.
    Unlocked {
        /// When a credential was last shown to be right; none where nothing was asked.
        proof_at: Option<MonotonicTime>,
    },
    /// The previous generation is open; nothing can be changed.
    ReadOnly {
        /// Why it was opened, and where a lock goes back to.
        from: AttemptOn,
        /// As in [`Phase::Unlocked`].
        proof_at: Option<MonotonicTime>,
    },
    /// The file is there and cannot be read.
    Damaged,
    /// The file was written by a newer version.
    Unsupported,
}

/// The closed phases from which a credential can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptOn {
    /// On the vault itself.
    Locked,
    /// On the previous generation, while the vault cannot be read.
    Damaged,
    /// On the previous generation, while the vault says that it is of a newer version.
    Unsupported,
}

impl From<AttemptOn> for Phase {
    fn from(closed: AttemptOn) -> Self {
        match closed {
            AttemptOn::Locked => Self::Locked,
            AttemptOn::Damaged => Self::Damaged,
            AttemptOn::Unsupported => Self::Unsupported,
        }
    }
}

/// What happens to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The folder was looked at: no vault.
    FoundNothing,
    /// The folder was looked at: a vault of our version.
    FoundVault,
    /// The vault's bytes cannot be read.
    FoundDamaged,
    /// The vault is of a newer version.
    FoundUnsupported,
    /// A new vault was written.
    Created(MonotonicTime),
    /// A credential is about to be tried.
    AttemptStarted,
    /// It opened nothing.
    AttemptRefused,
    /// It could not be tried (no memory, no disk): nothing was learnt.
    AttemptFailed,
    /// It opened the vault; the moment is a proof, and missing where nothing was asked.
    Opened(Option<MonotonicTime>),
    /// It opened the previous generation; as [`Event::Opened`].
    PreviousOpened(Option<MonotonicTime>),
    /// The previous generation took the vault's place. This proves nothing.
    PreviousRestored,
    /// The copy beside the open vault took its place: a proof for the one is none for the other.
    NewerCopyTaken,
    /// The open vault's credential was shown again.
    Proved(MonotonicTime),
    /// Too many wrong attempts: wait.
    WaitStarted,
    /// The wait is over.
    WaitEnded,
    /// Lock, by hand or by time.
    LockRequested,
}

/// The phase after `event`, or none where the event cannot happen in this phase.
pub fn next(phase: Phase, event: Event) -> Option<Phase> {
    use AttemptOn as C;
    use Event as E;
    use Phase as P;
    let after = match (phase, event) {
        (P::NoVault | P::Locked | P::Damaged | P::Unsupported, E::FoundNothing) => P::NoVault,
        (P::NoVault | P::Locked | P::Damaged | P::Unsupported, E::FoundVault) => P::Locked,
        (
            P::NoVault | P::Locked | P::Damaged | P::Unsupported | P::Unlocking { .. },
            E::FoundDamaged,
        ) => P::Damaged,
        (
            P::NoVault | P::Locked | P::Damaged | P::Unsupported | P::Unlocking { .. },
            E::FoundUnsupported,
        ) => P::Unsupported,
        (P::NoVault, E::Created(at)) => P::Unlocked { proof_at: Some(at) },
        (P::Locked, E::AttemptStarted) => P::Unlocking { from: C::Locked },
        (P::Damaged, E::AttemptStarted) => P::Unlocking { from: C::Damaged },
        (P::Unsupported, E::AttemptStarted) => P::Unlocking {
            from: C::Unsupported,
        },
        (P::Unlocking { from }, E::AttemptRefused | E::AttemptFailed) => from.into(),
        (P::Unlocked { .. }, E::NewerCopyTaken) => P::Unlocked { proof_at: None },
        (P::Unlocking { from: C::Locked }, E::Opened(proof_at)) => P::Unlocked { proof_at },
        (
            P::Unlocking {
                from: from @ (C::Damaged | C::Unsupported),
            },
            E::PreviousOpened(proof_at),
        ) => P::ReadOnly { from, proof_at },
        (P::ReadOnly { proof_at, .. }, E::PreviousRestored) => P::Unlocked { proof_at },
        (P::Unlocked { .. }, E::Proved(at)) => P::Unlocked { proof_at: Some(at) },
        (P::Locked, E::WaitStarted) => P::RateLimited,
        (P::RateLimited, E::WaitEnded) => P::Locked,
        (P::Unlocked { .. }, E::LockRequested) => P::Locked,
        (P::ReadOnly { from, .. }, E::LockRequested) => from.into(),
        _ => return None,
    };
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEVEN: MonotonicTime = MonotonicTime::from_ms(7);
    const OPEN: Phase = Phase::Unlocked {
        proof_at: Some(SEVEN),
    };
    const TRYING: Phase = Phase::Unlocking {
        from: AttemptOn::Locked,
    };
    const COPIES: [AttemptOn; 2] = [AttemptOn::Damaged, AttemptOn::Unsupported];
    const CLOSED: [Phase; 5] = [
        Phase::NoVault,
        Phase::Locked,
        Phase::RateLimited,
        Phase::Damaged,
        Phase::Unsupported,
    ];

    fn read_only(from: AttemptOn) -> Phase {
        Phase::ReadOnly {
            from,
            proof_at: Some(SEVEN),
        }
    }

    #[test]
    fn opening_needs_an_attempt() {
        let copies = COPIES.map(read_only);
        for phase in CLOSED.into_iter().chain(copies) {
            assert_eq!(next(phase, Event::Opened(None)), None, "{phase:?}");
        }
        assert_eq!(next(TRYING, Event::Opened(Some(SEVEN))), Some(OPEN));
        assert_eq!(
            next(TRYING, Event::Opened(None)),
            Some(Phase::Unlocked { proof_at: None })
        );
    }

    #[test]
    fn a_backup_opens_only_where_the_vault_is_unreadable_or_newer() {
        assert_eq!(next(TRYING, Event::PreviousOpened(Some(SEVEN))), None);
        for from in COPIES {
            let trying = Phase::Unlocking { from };
            assert_eq!(
                next(from.into(), Event::AttemptStarted),
                Some(trying),
                "{from:?}"
            );
            assert_eq!(next(trying, Event::Opened(Some(SEVEN))), None);
            let opened = next(trying, Event::PreviousOpened(Some(SEVEN)));
            assert_eq!(opened, Some(read_only(from)));
            let locked = next(read_only(from), Event::LockRequested);
            assert_eq!(locked, Some(from.into()));
        }
    }

    /// The proof is as old as it was.
    #[test]
    fn a_backup_that_takes_the_vaults_place_proves_nothing() {
        for proof_at in [None, Some(SEVEN)] {
            let from = AttemptOn::Damaged;
            let phase = Phase::ReadOnly { from, proof_at };
            let restored = next(phase, Event::PreviousRestored);
            assert_eq!(restored, Some(Phase::Unlocked { proof_at }));
        }
    }

    #[test]
    fn a_copy_that_takes_the_place_of_an_open_vault_ends_the_proof() {
        let taken = next(OPEN, Event::NewerCopyTaken);
        assert_eq!(taken, Some(Phase::Unlocked { proof_at: None }));
        for phase in CLOSED.into_iter().chain([TRYING]) {
            assert_eq!(next(phase, Event::NewerCopyTaken), None, "{phase:?}");
        }
    }

    #[test]
    fn a_vault_is_created_only_where_there_is_none() {
        let others = CLOSED.into_iter().filter(|phase| *phase != Phase::NoVault);
        let open = [TRYING, OPEN, read_only(AttemptOn::Damaged)];
        for phase in others.chain(open) {
            assert_eq!(next(phase, Event::Created(SEVEN)), None, "{phase:?}");
        }
    }

    #[test]
    fn waiting_takes_no_attempt() {
        assert_eq!(
            next(Phase::Locked, Event::WaitStarted),
            Some(Phase::RateLimited)
        );
        assert_eq!(next(Phase::RateLimited, Event::AttemptStarted), None);
        assert_eq!(
            next(Phase::RateLimited, Event::WaitEnded),
            Some(Phase::Locked)
        );
    }

    #[test]
    fn locking_closes_what_is_open_and_nothing_else() {
        assert_eq!(next(OPEN, Event::LockRequested), Some(Phase::Locked));
        for phase in CLOSED.into_iter().chain([TRYING]) {
            assert_eq!(next(phase, Event::LockRequested), None, "{phase:?}");
        }
    }
}
