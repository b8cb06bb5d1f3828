//! Argon2id, its work factors and their bounds.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroize;

use crate::KdfError;

/// A key of 32 bytes from a password and a salt: [`argon2id`], or a stand-in that tests memoise by its inputs.
pub type Kdf<'a> = dyn Fn(&[u8], &[u8; 32], WorkFactor, &mut [u8; 32]) -> Result<(), KdfError> + 'a;

/// The cost parameters of Argon2id (RFC 9106 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkFactor {
    /// `m`: memory in KiB.
    pub memory_kib: u32,
    /// `t`: passes over the memory.
    pub passes: u32,
    /// `p`: lanes.
    pub lanes: u32,
}

impl WorkFactor {
    /// For new slots: 64 MiB, 3 passes, 1 lane.
    pub const DEFAULT: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };
    /// No new slot is made below any of these: 19 MiB, 2 passes, 1 lane.
    pub const FLOOR: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };
    /// No slot is made or opened above any of these: 1 GiB, 16 passes, 8 lanes; nor above [`WorkFactor::MAX_WORK`].
    pub const CEILING: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 16,
        lanes: 8,
    };
    /// No slot is made or opened whose memory in KiB times its passes is above this: twice 256 MiB and 3 passes, the
    /// dearest that the app offers. It bounds the time of an unlock, as the memory alone does not.
    pub const MAX_WORK: u64 = 2 * 256 * 1024 * 3;

    /// Any parameter lower than that of [`WorkFactor::FLOOR`].
    pub fn is_below_floor(self) -> bool {
        self.memory_kib < Self::FLOOR.memory_kib
            || self.passes < Self::FLOOR.passes
            || self.lanes < Self::FLOOR.lanes
    }

    /// Any parameter higher than that of [`WorkFactor::CEILING`], or more work than [`WorkFactor::MAX_WORK`].
    pub fn is_above_ceiling(self) -> bool {
        self.memory_kib > Self::CEILING.memory_kib
            || self.passes > Self::CEILING.passes
            || self.lanes > Self::CEILING.lanes
            || u64::from(self.memory_kib) * u64::from(self.passes) > Self::MAX_WORK
    }

    /// `t >= 1, p >= 1, m >= 8 p` (RFC 9106 §3.1).
    pub(crate) fn is_possible(self) -> bool {
        self.passes >= 1 && self.lanes >= 1 && self.memory_kib / 8 >= self.lanes
    }
}

/// `Argon2id(password, salt, m, t, p, version 0x13, 32 bytes)` (RFC 9106).
///
/// The memory is asked for before any work, and wiped after it. A work factor above the ceiling is refused first.
pub fn argon2id(
    password: &[u8],
    salt: &[u8; 32],
    cost: WorkFactor,
    key: &mut [u8; 32],
) -> Result<(), KdfError> {
    if cost.is_above_ceiling() {
        return Err(KdfError::Cost);
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(key.len()))
        .map_err(|_| KdfError::Cost)?;
    fill(
        &Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
        password,
        salt,
        key,
    )
}

fn fill(argon2: &Argon2<'_>, password: &[u8], salt: &[u8], key: &mut [u8]) -> Result<(), KdfError> {
    let count = argon2.params().block_count();
    let mut blocks = Vec::new();
    blocks
        .try_reserve_exact(count)
        .map_err(|_| KdfError::Memory)?;
    blocks.resize(count, Block::new());
    let outcome = argon2.hash_password_into_with_memory(password, salt, key, &mut blocks);
    blocks.zeroize();
    outcome.map_err(|_| KdfError::Cost)
}

/// A derivation that takes no time.
#[cfg(test)]
pub(crate) mod fake {
    use super::{KdfError, WorkFactor};

    /// Gives the salt back.
    pub(crate) fn salt_as_key(
        _: &[u8],
        salt: &[u8; 32],
        _: WorkFactor,
        output: &mut [u8; 32],
    ) -> Result<(), KdfError> {
        *output = *salt;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use argon2::{AssociatedData, ParamsBuilder};
    use data_encoding::HEXLOWER;

    use super::*;

    /// RFC 9106 §5.3.
    #[test]
    fn rfc_9106_vector() {
        let params = ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .output_len(32)
            .data(AssociatedData::new(&[4; 12]).expect("12 bytes fit"))
            .build()
            .expect("the parameters of the RFC are possible");
        let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)
            .expect("8 bytes fit");
        let mut tag = [0; 32];
        fill(&argon2, &[1; 32], &[2; 16], &mut tag).expect("32 KiB are to be had");
        assert_eq!(
            HEXLOWER.encode(&tag),
            "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
        );
    }

    #[test]
    fn bounds() {
        let over = |memory_kib, passes, lanes| WorkFactor {
            memory_kib,
            passes,
            lanes,
        };
        for cost in [
            over(1024 * 1024 + 1, 1, 1),
            over(8, 17, 1),
            over(72, 1, 9),
            over(1024 * 1024, 2, 1),
            over(512 * 1024 + 1, 3, 8),
            over(96 * 1024 + 1, 16, 1),
            over(u32::MAX, u32::MAX, u32::MAX),
        ] {
            assert!(cost.is_above_ceiling());
            assert_eq!(
                argon2id(b"p", &[0; 32], cost, &mut [0; 32]),
                Err(KdfError::Cost)
            );
        }
        for cost in [
            over(19 * 1024 - 1, 2, 1),
            over(19 * 1024, 1, 1),
            over(19 * 1024, 2, 0),
        ] {
            assert!(cost.is_below_floor());
        }
        for cost in [
            WorkFactor::FLOOR,
            WorkFactor::DEFAULT,
            over(512 * 1024, 3, 8),
            over(96 * 1024, 16, 1),
        ] {
            assert!(!cost.is_below_floor() && !cost.is_above_ceiling() && cost.is_possible());
        }
        assert!(!over(1024 * 1024, 1, 1).is_above_ceiling());
        for cost in [over(7, 1, 1), over(8, 0, 1), over(8, 1, 0), over(63, 1, 8)] {
            assert!(!cost.is_possible());
            assert_eq!(
                argon2id(b"p", &[0; 32], cost, &mut [0; 32]),
                Err(KdfError::Cost)
            );
        }
    }
}
