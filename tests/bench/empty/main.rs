//! An empty Tauri window without plugins and commands: the minimum cost of a Tauri app.

use std::borrow::Cow;
use std::iter;

use tauri::utils::acl::resolved::Resolved;
use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{Assets, Config, Context, PackageInfo, Pattern, Runtime};

const CONFIG: &str = include_str!("tauri.conf.json");
const PAGE: &[u8] = include_bytes!("index.html");

/// Serves the same page for every path.
struct OnePage;

impl<R: Runtime> Assets<R> for OnePage {
    fn get(&self, _: &AssetKey) -> Option<Cow<'_, [u8]>> {
        Some(PAGE.into())
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(iter::once(("/index.html".into(), PAGE.into())))
    }

    fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(iter::empty())
    }
}

/// Written by hand, because `generate_context!` would need a build script for the whole package.
fn context() -> Context {
    let config: Config = serde_json::from_str(CONFIG).expect("the configuration is compiled in");
    let package = PackageInfo {
        name: "empty-window".into(),
        version: env!("CARGO_PKG_VERSION").parse().expect("cargo checks it"),
        authors: "",
        description: "",
        crate_name: "empty-window",
    };
    Context::new(
        config,
        Box::new(OnePage),
        None,
        None,
        package,
        Pattern::Brownfield,
        tauri::runtime_authority!(Default::default(), Resolved::default()),
        None,
    )
}

fn main() {
    tauri::Builder::default()
        .run(context())
        .expect("there is a display");
}
