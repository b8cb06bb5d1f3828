# Every line does one thing; `make run` and `make test` install what they need themselves.
.PHONY: run demo test test-fast setup setup-test setup-bench ui test-ui test-rust test-browser release check-mobile audit bench fuzz sabotage sizes pictures store-pictures lint lint-workflows wire android-api package reproduce icons clean

run: setup ui            ## install what is missing, build, open the app
	scripts/run
demo: setup ui           ## the main job on a virtual display, with pictures in target/demo/
	cargo build --locked --package trousseau --package trousseau-tests --bins
	target/debug/demo
test: setup-test ui test-ui release test-rust test-browser check-mobile ## everything
test-fast: setup-test ui test-ui ## without the web views and the phone targets
	cargo test --locked --workspace --exclude trousseau-tests

setup:
	scripts/setup run
setup-test:
	scripts/setup test
setup-bench:
	scripts/setup bench
ui:
	cd ui && npm run build
test-ui: lint
	cd ui && npm run check && npm test
release:
	cargo build --locked --release --package trousseau
test-rust:
	cargo build --locked --workspace --all-targets
	cargo test --locked --workspace
	TROUSSEAU_RELEASE_APP=$(CURDIR)/target/release/trousseau scripts/without-network cargo test --locked --offline --workspace --test end_to_end
	target/debug/demo
test-browser:
	cd ui && npm run browser
check-mobile:
	scripts/check-mobile
audit: setup             ## licences, sources, known weaknesses, lists of parts in target/audit/
	scripts/audit
bench: setup-bench ui release ## speed and memory beside peers, a page with plots in target/bench/; as root
	cargo build --locked --release --package trousseau --example bridge
	cargo build --locked --release --package trousseau-tests --bin bench --bin empty-window
	target/release/bench
fuzz:                    ## every reader of foreign bytes, a minute each
	scripts/fuzz
sabotage: setup-test ui  ## faults put in by hand, each caught by the test that is named
	scripts/sabotage
sizes: setup ui          ## docs/size.md: what each dependency adds to the release
	scripts/sizes
pictures: setup-test ui  ## every screen at four widths in four looks, a page with all in target/pictures/
	cargo build --locked --package trousseau --example bridge
	cd ui && npx playwright test --config tests/pictures/playwright.config.ts
store-pictures: setup-test ui ## the stores' pictures of the app on a phone, in four languages, into fastlane/
	cargo build --locked --package trousseau --example bridge
	cd ui && npx playwright test --config tests/store/playwright.config.ts
lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
wire:                    ## the TypeScript types, from the Rust types
	cargo run --locked --quiet --package trousseau-wire --example types > ui/src/ipc/wire.ts
android-api:             ## what Android publishes of the members that Rust and Kotlin reach
	scripts/android-api
lint-workflows:          ## .github/workflows by actionlint, which it fetches
	scripts/lint-workflows
package: setup-test ui   ## the .deb: built, installed into target/package/, shown at work there
	scripts/package
reproduce: setup         ## the desktop program twice, in two places, compared byte for byte; takes long
	scripts/reproduce
icons:                   ## what the bundlers, the phones and the stores need, from icons/trousseau.svg
	scripts/icons
clean:
	rm -rf target ui/dist ui/node_modules
