//! What was put aside and is deleted.

use crate::ALL;
use crate::disk::Fault;
use crate::world::{BACKUP, VAULT, World};

const ASIDE: &str = "vault.trousseau.damaged-7";

#[test]
fn what_was_said_to_be_deleted_does_not_come_back_and_nothing_else_goes() {
    let base = World::with_vault();
    base.disk.put(ASIDE, b"somebody else's");
    let whole = base.disk.files();
    let mut steps = 0;
    for &fault in ALL {
        for at in 1.. {
            let context = format!("{fault:?} at step {at}");
            let world = base.fork();
            let core = world.core();
            world.unlock(&core).expect("the vault opens");
            let assert_left = |deleted: bool| {
                for files in world.disk.after_power_cut() {
                    assert!(!deleted || !files.contains_key(ASIDE), "{context}");
                    for name in [VAULT, BACKUP] {
                        assert_eq!(files[name], whole[name], "{context}");
                    }
                }
            };
            world.disk.fail(at, fault);
            let answer = core.delete_set_aside_file(ASIDE);
            assert_left(answer.is_ok());
            if !world.disk.fired() {
                break;
            }
            steps = steps.max(at);
            if fault != Fault::PowerCut {
                world.disk.heal();
                let again = core.delete_set_aside_file(ASIDE);
                again.expect("it can be target again");
                assert_left(true);
            }
        }
    }
    assert!(steps >= 3, "only {steps} steps");
}
