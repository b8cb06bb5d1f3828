//! Argon2id, its parameters and their limits.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroize;

use crate::KdfError;

/// Derives a key of 32 bytes from password, salt and parameters: [`argon2id`], or a replacement in tests.
pub type Kdf<'a> =
    dyn Fn(&[u8], &[u8; 32], Argon2Params, &mut [u8; 32]) -> Result<(), KdfError> + 'a;

/// The cost parameters of Argon2id (RFC 9106 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Argon2Params {
    /// `m`: memory in KiB.
    pub memory_kib: u32,
    /// `t`: passes over the memory.
    pub passes: u32,
    /// `p`: lanes.
    pub lanes: u32,
}

impl Argon2Params {
    /// For new slots: 64 MiB, 3 passes, 1 lane.
    pub const DEFAULT: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };
    /// The least for new slots: 19 MiB, 2 passes, 1 lane.
    pub const MIN: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };
    /// The most for any slot: 1 GiB, 16 passes, 8 lanes. [`Argon2Params::MAX_WORK`] also applies.
    pub const MAX: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 16,
        lanes: 8,
    };
    /// The most KiB times passes for any slot: twice that of 256 MiB and 3 passes, the highest setting in the app. It limits the
    /// time of an unlock, which the memory limit alone does not.
    pub const MAX_WORK: u64 = 2 * 256 * 1024 * 3;

    /// Whether any parameter is below [`Argon2Params::MIN`].
    pub fn is_below_min(self) -> bool {
        self.memory_kib < Self::MIN.memory_kib
            || self.passes < Self::MIN.passes
            || self.lanes < Self::MIN.lanes
    }

    /// Whether any parameter is above [`Argon2Params::MAX`], or the work above [`Argon2Params::MAX_WORK`].
    pub fn exceeds_max(self) -> bool {
        self.memory_kib > Self::MAX.memory_kib
            || self.passes > Self::MAX.passes
            || self.lanes > Self::MAX.lanes
            || u64::from(self.memory_kib) * u64::from(self.passes) > Self::MAX_WORK
    }

    /// `t >= 1, p >= 1, m >= 8 p` (RFC 9106 §3.1).
    pub(crate) fn is_valid(self) -> bool {
        self.passes >= 1 && self.lanes >= 1 && self.memory_kib / 8 >= self.lanes
    }
}

/// `Argon2id(password, salt, m, t, p, version 0x13, 32 bytes)` (RFC 9106).
///
/// # Errors
/// [`KdfError::Cost`] above the maximum, before anything is allocated, and for invalid parameters. [`KdfError::Memory`] if the
/// memory is not available. The memory is zeroized after use.
pub fn argon2id(
    password: &[u8],
    salt: &[u8; 32],
    cost: Argon2Params,
    key: &mut [u8; 32],
) -> Result<(), KdfError> {
    if cost.exceeds_max() {
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

/// A KDF for tests that takes no time.
#[cfg(test)]
pub(crate) mod fake {
    use super::{Argon2Params, KdfError};

    /// Returns the salt.
    pub(crate) fn salt_as_key(
        _: &[u8],
        salt: &[u8; 32],
        _: Argon2Params,
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
    fn argon2_params_are_bounded() {
        let over = |memory_kib, passes, lanes| Argon2Params {
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
            assert!(cost.exceeds_max());
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
            assert!(cost.is_below_min());
        }
        for cost in [
            Argon2Params::MIN,
            Argon2Params::DEFAULT,
            over(512 * 1024, 3, 8),
            over(96 * 1024, 16, 1),
        ] {
            assert!(!cost.is_below_min() && !cost.exceeds_max() && cost.is_valid());
        }
        assert!(!over(1024 * 1024, 1, 1).exceeds_max());
        for cost in [over(7, 1, 1), over(8, 0, 1), over(8, 1, 0), over(63, 1, 8)] {
            assert!(!cost.is_valid());
            assert_eq!(
                argon2id(b"p", &[0; 32], cost, &mut [0; 32]),
                Err(KdfError::Cost)
            );
        }
    }
}
