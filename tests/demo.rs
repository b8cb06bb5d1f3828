//! Demonstrates the main flow in the real app: prints each step and writes a screenshot of each screen.

#![allow(clippy::print_stdout, reason = "prints its progress for the user")]

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use trousseau_tests_support::{App, draw_qr, target_dir};

const PASSPHRASE: &str = "bateau lampe orage tilleul";

/// The data of a service: its name, the rest of its URI, and the same parameters for `oathtool`.
struct Service {
    issuer: &'static str,
    account: &'static str,
    secret: &'static str,
    parameters: &'static str,
    period: u64,
    oathtool: &'static [&'static str],
}

const SERVICES: [Service; 3] = [
    Service {
        issuer: "Caisse de compensation Éole",
        account: "john.doe",
        secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        parameters: "",
        period: 30,
        oathtool: &["--totp"],
    },
    Service {
        issuer: "Espace client Alpina",
        account: "john.doe@example.org",
        secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        parameters: "&algorithm=SHA256&digits=8",
        period: 30,
        oathtool: &["--totp=SHA256", "--digits=8"],
    },
    Service {
        issuer: "Maison",
        account: "lumière",
        secret: "MFRGGZDFMZTWQ2LKNNWG23TPOA",
        parameters: "&algorithm=SHA512&period=60",
        period: 60,
        oathtool: &["--totp=SHA512"],
    },
];

/// The running app and the screenshots so far.
struct Demo {
    app: App,
    folder: PathBuf,
    start: Instant,
    shown: usize,
}

impl Demo {
    /// Prints a step and writes a screenshot of its result.
    fn show(&mut self, step: &str, picture: &str) {
        self.shown += 1;
        let file = self.folder.join(format!("{:02}-{picture}.png", self.shown));
        self.app.screenshot(&file);
        let seconds = self.start.elapsed().as_secs_f64();
        println!("{seconds:6.1} s  {step:58} {}", relative(&file));
    }
}

/// A path relative to the current folder.
fn relative(path: &Path) -> impl Display + '_ {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display()
}

fn main() {
    let folder = target_dir().join("demo");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder is writable");
    let binary = App::debug_binary();
    let start = Instant::now();
    println!("          {} on a virtual display", relative(&binary));
    let app = App::start(&binary);
    let mut demo = Demo {
        app,
        folder,
        start,
        shown: 0,
    };
    first_run(&mut demo);
    for service in &SERVICES {
        add(&mut demo, service);
    }
    demo.show("the list, every row closed", "list");
    for service in &SERVICES {
        touch(&mut demo, service);
    }
    demo.app.lock();
    demo.show("locked", "locked");
    demo.app.unlock(PASSPHRASE);
    demo.show("unlocked with the passphrase", "unlocked");
    touch(&mut demo, &SERVICES[0]);
    println!(
        "done: {} screenshots in {}",
        demo.shown,
        relative(&demo.folder)
    );
}

fn first_run(demo: &mut Demo) {
    demo.app.find("button", "Commencer");
    demo.show("first run", "welcome");
    let words = demo.app.choose_passphrase(PASSPHRASE);
    demo.show(
        "passphrase chosen, 12 recovery words shown",
        "recovery-words",
    );
    demo.app.confirm_words(&words);
    demo.show("three of the words typed, the vault is ready", "ready");
}

fn add(demo: &mut Demo, service: &Service) {
    let Service {
        issuer,
        account,
        secret,
        parameters,
        ..
    } = service;
    let picture = demo.folder.join(format!("qr-{}.png", demo.shown + 1));
    let uri = format!("otpauth://totp/{account}?secret={secret}&issuer={issuer}{parameters}");
    draw_qr(&uri.replace(' ', "%20"), &picture);
    demo.app.choose_picture(&picture);
    demo.show(&format!("QR picture of “{issuer}” read"), "confirm");
    demo.app.confirm_draft();
    demo.show("saved, its code shown", "saved");
    demo.app.tap("button", "Terminé");
    demo.app.find("button", "Ajouter");
}

fn touch(demo: &mut Demo, service: &Service) {
    let name = format!("{}, {}", service.issuer, service.account);
    demo.app.touch_key(&name);
    let arguments = [service.oathtool, &[service.secret]].concat();
    let code = demo
        .app
        .assert_code_matches(&name, service.period, &arguments);
    demo.show(
        &format!("key touched: {code}; oathtool computes the same"),
        "code",
    );
}
