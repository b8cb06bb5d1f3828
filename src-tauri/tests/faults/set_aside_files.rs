//! Deletes a set-aside file on a failing disk.

use crate::ALL_FAULTS;
use crate::faulty_disk::Fault;
use crate::test_device::{PREVIOUS_GENERATION, TestDevice, VAULT};

const SET_ASIDE: &str = "vault.trousseau.damaged-7";

#[test]
fn a_deleted_file_does_not_come_back_and_no_other_is_lost() {
    let base = TestDevice::with_vault();
    base.disk.put(SET_ASIDE, b"somebody else's");
    let whole = base.disk.files();
    let mut steps = 0;
    for &fault in ALL_FAULTS {
        for at in 1.. {
            let context = format!("{fault:?} at step {at}");
            let device = base.fork();
            let core = device.core();
            device.unlock(&core).expect("the vault opens");
            let assert_left = |deleted: bool| {
                for files in device.disk.after_power_cut() {
                    assert!(!deleted || !files.contains_key(SET_ASIDE), "{context}");
                    for name in [VAULT, PREVIOUS_GENERATION] {
                        assert_eq!(files[name], whole[name], "{context}");
                    }
                }
            };
            device.disk.fail(at, fault);
            let answer = core.delete_set_aside_file(SET_ASIDE);
            assert_left(answer.is_ok());
            if !device.disk.has_failed() {
                break;
            }
            steps = steps.max(at);
            if fault != Fault::PowerCut {
                device.disk.repair();
                let again = core.delete_set_aside_file(SET_ASIDE);
                again.expect("deleting can be retried");
                assert_left(true);
            }
        }
    }
    assert!(steps >= 3, "only {steps} steps");
}
