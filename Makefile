# `make run` and `make test` install what they need themselves.
.PHONY: run demo test test-fast setup setup-test setup-bench ui test-ui test-rust test-browser release check-mobile audit bench fuzz sabotage sizes pictures store-pictures lint lint-workflows wire android-api package reproduce icons clean

run: setup ui            ## install what is missing, build the app, open it
	scripts/run
demo: setup ui           ## add and use entries in the real app on a virtual display; screenshots in target/demo/
	cargo build --locked --package trousseau --package trousseau-tests --bins
	target/debug/demo
test: setup-test ui test-ui release test-rust test-browser check-mobile ## run all tests
test-fast: setup-test ui test-ui ## run the tests without web view and phones
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
audit: setup             ## check licences, sources and known vulnerabilities; write SBOMs to target/audit/
	scripts/audit
bench: setup-bench ui release ## measure speed and memory against peers; plots in target/bench/; as root
	cargo build --locked --release --package trousseau --example bridge
	cargo build --locked --release --package trousseau-tests --bin bench --bin empty-window
	target/release/bench
fuzz:                    ## fuzz every parser of untrusted input, a minute each
	scripts/fuzz
sabotage: setup-test ui  ## insert each fault of tests/sabotage and check that its test fails
	scripts/sabotage
sizes: setup ui          ## write docs/size.md: what each dependency adds to the release
	scripts/sizes
pictures: setup-test ui  ## take a screenshot of every screen, at four widths, in four combinations of language, theme and text size; one page in target/pictures/
	cargo build --locked --package trousseau --example bridge
	cd ui && npx playwright test --config tests/pictures/playwright.config.ts
store-pictures: setup-test ui ## take the screenshots for the stores, in four languages, into fastlane/
	cargo build --locked --package trousseau --example bridge
	cd ui && npx playwright test --config tests/store/playwright.config.ts
lint:
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
wire:                    ## generate the TypeScript types from the Rust types
	cargo run --locked --quiet --package trousseau-wire --example types > ui/src/ipc/wire.ts
android-api:             ## write the signatures that Android publishes for the members used from Rust and Kotlin
	scripts/android-api
lint-workflows:          ## check .github/workflows with actionlint, which is downloaded
	scripts/lint-workflows
package: setup-test ui   ## build the .deb, install it into target/package/, run the app from there
	scripts/package
reproduce: setup         ## build the desktop program twice, in two folders, and compare the bytes; slow
	scripts/reproduce
icons:                   ## draw the icons of desktops, phones and stores from icons/trousseau.svg
	scripts/icons
clean:
	rm -rf target ui/dist ui/node_modules
