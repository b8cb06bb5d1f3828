//! The session's one state machine: [`Phase`] and [`next`].

use crate::clock::Moment;

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing on disk yet.
    NoVault,
    /// A vault is there and closed.
    Locked,
    /// No attempt is taken before the wait is over.
    Delayed,
    /// A credential is being tried; `from` is where a refusal goes back to.
    Unlocking {
        /// Locked, or Unreadable when the previous generation is tried.
        from: Closed,
    },
    /// Open.
    Unlocked {
        /// When a credential was last shown to be right.
        proof_at: Moment,
    },
    /// The previous generation is open; nothing can be changed.
    ReadOnly,
    /// The file is there and cannot be read.
    Unreadable,
    /// The file was written by a newer version.
    Newer,
}

/// The two closed phases from which a credential can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The vault itself.
    Locked,
    /// The previous generation, while the vault cannot be read.
    Unreadable,
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
    FoundNewer,
    /// A new vault was written.
    Created(Moment),
    /// A credential is about to be tried.
    AttemptStarted,
    /// It opened nothing.
    AttemptRefused,
    /// It could not be tried (no memory, no disk): nothing was learnt.
    AttemptFailed,
    /// It opened the vault.
    Opened(Moment),
    /// It opened the previous generation.
    BackupOpened,
    /// The previous generation took the damaged file's place.
    BackupRestored(Moment),
    /// The open vault's credential was shown again.
    Proved(Moment),
    /// Too many wrong attempts: wait.
    WaitStarted,
    /// The wait is over.
    WaitEnded,
    /// Lock, by hand or by time.
    LockAsked,
}

/// The phase after `event`, or none where the event cannot happen in this phase.
pub fn next(phase: Phase, event: Event) -> Option<Phase> {
    use Event as E;
    use Phase as P;
    let after = match (phase, event) {
        (P::NoVault | P::Locked | P::Unreadable | P::Newer, E::FoundNothing) => P::NoVault,
        (P::NoVault | P::Locked | P::Unreadable | P::Newer, E::FoundVault) => P::Locked,
        (
            P::NoVault | P::Locked | P::Unreadable | P::Newer | P::Unlocking { .. },
            E::FoundDamaged,
        ) => P::Unreadable,
        (
            P::NoVault | P::Locked | P::Unreadable | P::Newer | P::Unlocking { .. },
            E::FoundNewer,
        ) => P::Newer,
        (P::NoVault, E::Created(at)) => P::Unlocked { proof_at: at },
        (P::Locked, E::AttemptStarted) => P::Unlocking {
            from: Closed::Locked,
        },
        (P::Unreadable, E::AttemptStarted) => P::Unlocking {
            from: Closed::Unreadable,
        },
        (
            P::Unlocking {
                from: Closed::Locked,
            },
            E::AttemptRefused | E::AttemptFailed,
        ) => P::Locked,
        (
            P::Unlocking {
                from: Closed::Unreadable,
            },
            E::AttemptRefused | E::AttemptFailed,
        ) => P::Unreadable,
        (
            P::Unlocking {
                from: Closed::Locked,
            },
            E::Opened(at),
        ) => P::Unlocked { proof_at: at },
        (
            P::Unlocking {
                from: Closed::Unreadable,
            },
            E::BackupOpened,
        ) => P::ReadOnly,
        (P::ReadOnly, E::BackupRestored(at)) => P::Unlocked { proof_at: at },
        (P::Unlocked { .. }, E::Proved(at)) => P::Unlocked { proof_at: at },
        (P::Locked, E::WaitStarted) => P::Delayed,
        (P::Delayed, E::WaitEnded) => P::Locked,
        (P::Unlocked { .. }, E::LockAsked) => P::Locked,
        (P::ReadOnly, E::LockAsked) => P::Unreadable,
        _ => return None,
    };
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEVEN: Moment = Moment::from_ms(7);
    const OPEN: Phase = Phase::Unlocked { proof_at: SEVEN };
    const TRYING: Phase = Phase::Unlocking {
        from: Closed::Locked,
    };
    const TRYING_BACKUP: Phase = Phase::Unlocking {
        from: Closed::Unreadable,
    };

    #[test]
    fn opening_needs_an_attempt() {
        for phase in [
            Phase::NoVault,
            Phase::Locked,
            Phase::Delayed,
            Phase::ReadOnly,
            Phase::Unreadable,
            Phase::Newer,
        ] {
            assert_eq!(next(phase, Event::Opened(SEVEN)), None, "{phase:?}");
        }
        assert_eq!(next(TRYING, Event::Opened(SEVEN)), Some(OPEN));
    }

    #[test]
    fn a_backup_opens_only_where_the_vault_is_unreadable() {
        assert_eq!(next(TRYING, Event::BackupOpened), None);
        assert_eq!(
            next(TRYING_BACKUP, Event::BackupOpened),
            Some(Phase::ReadOnly)
        );
        assert_eq!(next(TRYING_BACKUP, Event::Opened(SEVEN)), None);
        assert_eq!(
            next(Phase::ReadOnly, Event::LockAsked),
            Some(Phase::Unreadable)
        );
    }

    #[test]
    fn a_vault_is_created_only_where_there_is_none() {
        for phase in [
            Phase::Locked,
            Phase::Delayed,
            TRYING,
            OPEN,
            Phase::ReadOnly,
            Phase::Unreadable,
            Phase::Newer,
        ] {
            assert_eq!(next(phase, Event::Created(SEVEN)), None, "{phase:?}");
        }
    }

    #[test]
    fn waiting_takes_no_attempt() {
        assert_eq!(
            next(Phase::Locked, Event::WaitStarted),
            Some(Phase::Delayed)
        );
        assert_eq!(next(Phase::Delayed, Event::AttemptStarted), None);
        assert_eq!(next(Phase::Delayed, Event::WaitEnded), Some(Phase::Locked));
    }

    #[test]
    fn locking_closes_what_is_open_and_nothing_else() {
        assert_eq!(next(OPEN, Event::LockAsked), Some(Phase::Locked));
        for phase in [
            Phase::NoVault,
            Phase::Locked,
            Phase::Delayed,
            TRYING,
            Phase::Unreadable,
            Phase::Newer,
        ] {
            assert_eq!(next(phase, Event::LockAsked), None, "{phase:?}");
        }
    }
}
