//! Showing, counting on and copying codes.

use trousseau_entries::{Entry, EntryContent, EntryId};
use trousseau_otp::{ClockOffset, Code, OtpParams, TimeStep, check_codes, hotp};
use trousseau_wire::{CodeRef, Copied, Diagnosis, ErrorCode, MAX_ROWS, RevealedCode};

use super::phase::Phase;
use super::{Core, Session};
use crate::convert::{self, parse_id};
use crate::error::Result;

impl Core {
    /// Shows the code of an entry, and counts the use.
    ///
    /// # Errors
    /// `EntryNotFound`, `EntryDamaged`; `NoCode` where nothing is computed.
    pub fn reveal(&self, id: &str) -> Result<RevealedCode> {
        let now_ms = self.now_ms();
        let id = parse_id(id)?;
        let mut session = self.session();
        let revealed = reveal(session.entry(id)?, session.offset()?.apply(now_ms))?;
        session.count_use(id, now_ms)?;
        Ok(revealed)
    }

    /// Shows the codes of many rows, where "show all" is chosen. Rows without a code are left out.
    ///
    /// # Errors
    /// `NoCode` where it is not chosen: the key reveals.
    pub fn reveal_visible(&self, ids: &[String]) -> Result<Vec<RevealedCode>> {
        let now_ms = self.now_ms();
        let session = self.session();
        if !session.unlocked()?.entries.settings().show_all {
            return Err(ErrorCode::NoCode.into());
        }
        let code_ms = session.offset()?.apply(now_ms);
        let entries = ids
            .iter()
            .take(MAX_ROWS as usize)
            .map(|id| session.entry(parse_id(id)?));
        Ok(entries
            .filter_map(|entry| reveal(entry.ok()?, code_ms).ok())
            .collect())
    }

    /// Moves a counter on, and shows the code once the new counter is on disk.
    ///
    /// # Errors
    /// `NoCode` for an entry without a counter; what the disk says, and then the counter stands where it stood.
    pub fn advance_counter(&self, id: &str) -> Result<RevealedCode> {
        let now_ms = self.now_ms();
        let id = parse_id(id)?;
        let mut session = self.session();
        session.writable()?;
        session.entry(id)?;
        let counter = session.change(now_ms, |entries| {
            let counter = entries.advance_counter(id, now_ms)?;
            entries.record_use(id, now_ms);
            Ok(counter)
        })?;
        let shown = CodeRef::Counter {
            counter: counter.to_string(),
        };
        let code = shown_code(session.entry(id)?, &shown, now_ms)?;
        let entry_id = id.to_string();
        Ok(RevealedCode {
            code: Some(code.as_str().into()),
            code_ref: Some(shown),
            ..no_code(entry_id, now_ms)
        })
    }

    /// Copies exactly the code that is on the screen.
    ///
    /// # Errors
    /// `CodeExpired` where that code is over; `ClipboardFailed`.
    pub fn copy_code(&self, id: &str, shown: &CodeRef) -> Result<Copied> {
        let now_ms = self.now_ms();
        let session = self.session();
        let code_ms = session.offset()?.apply(now_ms);
        let code = shown_code(session.entry(parse_id(id)?)?, shown, code_ms)?;
        let clears_after_s = session.unlocked()?.entries.settings().clipboard_s;
        drop(session);
        let clipboard = &*self.config.clipboard;
        let mut copy = self.copied_code();
        copy.copy_code(code.as_str(), clears_after_s, self.monotonic(), clipboard)
            .map_err(|_| ErrorCode::ClipboardFailed)?;
        if self.session().unlocked.is_none() {
            // Locked meanwhile, when there was nothing to take out yet.
            copy.clear(self.monotonic(), clipboard);
            return Err(ErrorCode::Locked.into());
        }
        drop(copy);
        Ok(Copied { clears_after_s })
    }

    /// Why a service refuses the codes of an entry, told by two successive codes of a device whose codes it takes, as they
    /// were typed.
    ///
    /// # Errors
    /// `EntryNotFound`; `NoCode` where nothing is computed.
    pub fn check_codes(&self, id: &str, codes: [&str; 2]) -> Result<Diagnosis> {
        let now_s = self.now_ms() / 1000;
        let session = self.session();
        let EntryContent::Otp { secret, params } = &session.entry(parse_id(id)?)?.content else {
            return Err(ErrorCode::NoCode.into());
        };
        let diagnosis = check_codes(secret, *params, now_s, codes);
        let expected = params.code_len();
        Ok(convert::diagnosis(diagnosis, expected, session.offset()?))
    }
}

impl Session {
    /// What the person corrects this device's clock by, for codes only.
    fn offset(&self) -> Result<ClockOffset> {
        let seconds = self.unlocked()?.entries.settings().clock_offset_s;
        Ok(ClockOffset::new(seconds).unwrap_or_default())
    }

    /// Counts a touch of the key. A row that stays open asks again with every period: that is still the same use.
    fn count_use(&mut self, id: EntryId, now_ms: u64) -> Result<()> {
        if matches!(self.phase, Phase::ReadOnly { .. }) {
            return Ok(());
        }
        let open = self.unlocked_mut()?;
        let row_ms = u64::from(open.entries.settings().reveal_s) * 1000;
        let last_used = open.entries.get(id).and_then(|entry| entry.last_used);
        if last_used.is_none_or(|last| now_ms.saturating_sub(last) >= row_ms) {
            open.entries.record_use(id, now_ms);
            open.use_unsaved = true;
        }
        Ok(())
    }

    /// An entry that is not in the trash.
    pub(super) fn entry(&self, id: EntryId) -> Result<&Entry> {
        let entry = self.unlocked()?.entries.find(id)?;
        if entry.trashed.is_some() {
            Err(ErrorCode::EntryNotFound.into())
        } else {
            Ok(entry)
        }
    }
}

fn reveal(entry: &Entry, now_ms: u64) -> Result<RevealedCode> {
    let EntryContent::Otp { secret, params } = &entry.content else {
        return Err(ErrorCode::NoCode.into());
    };
    let id = entry.id.to_string();
    let Some(timed) = params.at(secret, now_ms / 1000) else {
        return Ok(no_code(id, now_ms));
    };
    let next = params.at(secret, timed.time_step.until);
    Ok(RevealedCode {
        id,
        code: Some(timed.code.as_str().into()),
        code_ref: Some(CodeRef::Time {
            valid_from_ms: timed.time_step.from.saturating_mul(1000),
        }),
        valid_from_ms: Some(timed.time_step.from.saturating_mul(1000)),
        valid_until_ms: Some(timed.time_step.until.saturating_mul(1000)),
        next: next.map(|next| next.code.as_str().into()),
        now_ms,
    })
}

/// A counter-based entry before "new code" was asked.
fn no_code(id: String, now_ms: u64) -> RevealedCode {
    RevealedCode {
        id,
        code: None,
        code_ref: None,
        valid_from_ms: None,
        valid_until_ms: None,
        next: None,
        now_ms,
    }
}

/// The code named by `shown`: of the previous, the current or the next time step; or of the counter that was used last.
fn shown_code(entry: &Entry, shown: &CodeRef, now_ms: u64) -> Result<Code> {
    let EntryContent::Otp { secret, params } = &entry.content else {
        return Err(ErrorCode::NoCode.into());
    };
    match (params, shown) {
        (
            OtpParams::Hotp {
                algorithm,
                digits,
                counter,
            },
            CodeRef::Counter { counter: shown },
        ) => {
            let last = counter
                .checked_sub(1)
                .filter(|last| *shown == last.to_string());
            Ok(hotp(
                secret,
                *algorithm,
                *digits,
                last.ok_or(ErrorCode::CodeExpired)?,
            ))
        }
        (_, CodeRef::Time { valid_from_ms }) => {
            let period = params.period().ok_or(ErrorCode::NoCode)?;
            let now = TimeStep::of(period, now_ms / 1000);
            let length = u64::from(period.get());
            let timed = params
                .at(secret, valid_from_ms / 1000)
                .ok_or(ErrorCode::NoCode)?;
            let near = now.from.saturating_sub(length)..=now.until;
            if near.contains(&timed.time_step.from) {
                Ok(timed.code)
            } else {
                Err(ErrorCode::CodeExpired.into())
            }
        }
        _ => Err(ErrorCode::NoCode.into()),
    }
}
