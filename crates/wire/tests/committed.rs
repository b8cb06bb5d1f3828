//! The committed TypeScript types are those of the Rust types.

#[test]
fn wire_ts_is_current() {
    let committed = include_str!("../../../ui/src/ipc/wire.ts");
    assert_eq!(committed, trousseau_wire::typescript(), "run `make wire`");
}
