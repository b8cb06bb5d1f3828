//! Prints `ui/src/ipc/wire.ts`.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

fn main() {
    print!("{}", trousseau_wire::typescript());
}
