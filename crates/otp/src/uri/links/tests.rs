use super::*;

const LAMP: &str = "otpauth://totp/Lamp:eva?secret=JBSWY3DPEHPK3PXP&issuer=Lamp";
const DESK: &str = "otpauth://totp/Desk:eva?secret=MFRGGZDFMZTWQ2LK&issuer=Desk";

/// The text of each link, with a `+` before it if lines were joined, or the name of the error.
fn found(text: &str, source: Source) -> Vec<String> {
    let links = find_links(text, source).into_iter();
    links
        .map(|link| match link {
            Ok(link) if link.lines_joined => format!("+{}", *link.text),
            Ok(link) => link.text.to_string(),
            Err(error) => format!("{error:?}"),
        })
        .collect()
}

#[test]
fn two_links_are_found_with_any_separator() {
    for between in [
        "\n", "\r\n", "\r", " ", "\t", ";", ", ", " | ", "", "\u{2028}", "\n\n", " and ", "\n- ",
        "\n2. ",
    ] {
        let text = format!("{LAMP}{between}{DESK}");
        for source in [Source::User, Source::Program] {
            // A program writes no words after a link.
            if (between, source) != (" and ", Source::Program) {
                assert_eq!(found(&text, source), [LAMP, DESK], "{between:?} {source:?}");
            }
        }
    }
}

#[test]
fn a_link_is_found_among_words_and_punctuation() {
    for (before, after) in [
        ("", ""),
        ("Scan this: ", " and sign in."),
        ("", " and then sign in"),
        ("<", ">"),
        ("\"", "\""),
        ("'", "' is it"),
        ("[the link](", ") is it"),
        ("(", ")"),
        ("« ", " »"),
        ("**", "**"),
        ("", "."),
        ("", ","),
        ("See ", "; then go on."),
        (
            "Dear Eva,\n\nyour link:\n",
            "\n\nhttps://example.org/help\nRegards",
        ),
        ("https://example.org/?data=", ""),
    ] {
        let text = format!("{before}{LAMP}{after}");
        assert_eq!(found(&text, Source::User), [LAMP], "{text}");
    }
}

#[test]
fn spaces_and_punctuation_of_a_link_are_kept() {
    for link in [
        "otpauth://totp/Foo Inc.:eva?secret=JBSWY3DPEHPK3PXP&issuer=Foo Inc.",
        "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=Air Canada",
        "otpauth://totp/eva?secret=JBSW Y3DP EHPK 3PXP&issuer=Lamp",
        "otpauth://totp/Lamp:eva?secret=JBSW Y3DP EHPK 3PXP",
        "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DP====",
        "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=Bank (test)",
        "otpauth://totp/Yahoo!:eva?secret=JBSWY3DPEHPK3PXP&issuer=Yahoo!",
        "otpauth://totp/Forum:what?now?secret=JBSWY3DPEHPK3PXP&issuer=Forum",
        "steam://JBSWY3DPEHPK3PXP",
        "otpauth-migration://offline?data=CgIIAQ%3D%3D",
    ] {
        for source in [Source::User, Source::Program] {
            assert_eq!(found(link, source), [link], "{source:?}");
        }
    }
    let odd = "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=Foo, Inc.";
    assert_eq!(found(odd, Source::Program), [odd]);
}

#[test]
fn a_link_split_over_lines_is_joined() {
    let cut = LAMP.replace("EHPK", "\nEHPK");
    assert_eq!(found(&cut, Source::User), [format!("+{LAMP}")]);
    let twice = cut.replace("issuer", "iss\r\n  uer");
    assert_eq!(found(&twice, Source::User), [format!("+{LAMP}")]);
    let label = LAMP.replace("eva?", "e\nva\n?");
    assert_eq!(found(&label, Source::Program), [format!("+{LAMP}")]);
}

#[test]
fn a_link_split_anywhere_has_its_whole_secret_or_is_refused() {
    let link = "otpauth://totp/Lamp:eva?secret=JBSWY3DPEHPK3PXP&issuer=Lamp&period=60";
    let last = "otpauth://totp/Lamp:eva?issuer=Lamp&period=60&secret=JBSWY3DPEHPK3PXP";
    let number = "otpauth://totp/Lamp:eva?issuer=Lamp&secret=JBSWY3DPEHPK3PXP&period=60";
    for link in [link, last, number] {
        let whole = ("JBSWY3DPEHPK3PXP".to_owned(), Some(60));
        let start = "otpauth://".len();
        let places = (start..link.len())
            .flat_map(|one| (one..link.len()).step_by(3).map(move |two| (one, two)));
        for (one, two) in places {
            let text = if one == two {
                format!("{}\r{}", &link[..one], &link[one..])
            } else {
                format!("{}\n{}\r\n {}", &link[..one], &link[one..two], &link[two..])
            };
            for source in [Source::User, Source::Program] {
                for read in read(&text, source).into_iter().flatten() {
                    assert!(read == whole, "{text:?} {source:?}: {read:?}");
                }
            }
        }
    }
}

/// The secret and the period of each link that is accepted.
fn read(text: &str, source: Source) -> Vec<Option<(String, Option<u32>)>> {
    let links = find_links(text, source).into_iter();
    let read = links.map(|link| {
        let key = super::super::KeyUri::parse(&link.ok()?.text).ok()?;
        let period = key.params.period().map(crate::Period::get);
        Some((key.secret.to_base32().to_string(), period))
    });
    read.collect()
}

#[test]
fn a_link_that_may_be_truncated_is_refused() {
    for text in [
        "otpauth://totp/eva?secret=JBSWY3DP\nEHPKAPXP",
        "otpauth://totp/eva?secret=jbswy3dp\nthanks",
        "otpauth://totp/eva?secret=jbswy3dpehpk3pxp thanks a lot",
        "otpauth://totp/eva?secret=JBSW Y3DP MERCI",
        "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&period=3\n0",
        "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&period=3 0",
    ] {
        assert_eq!(found(text, Source::User), ["BrokenLink"], "{text:?}");
    }
    for (text, link) in [
        ("otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP\nThanks", 0),
        ("otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP please scan", 0),
        (
            "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP\nThen sign in.",
            0,
        ),
    ] {
        let link = &text[link..text.find("PXP").map_or(0, |at| at + 3)];
        assert_eq!(found(text, Source::User), [link], "{text:?}");
    }
}

#[test]
fn a_line_that_looks_like_a_link_gives_an_error() {
    let list = format!(
        "My codes\n{LAMP}\notpath://totp/x?secret=ABC\nduo://x\nmailto:eva\n{DESK}\nx?secret=AB"
    );
    let vendor = "VendorCode { vendor: \"Duo Mobile\" }";
    let expected = [LAMP, "NotOtpauth", "duo://x", DESK, "NotOtpauth"];
    assert_eq!(found(&list, Source::User), expected, "{vendor}");
}

#[test]
fn a_text_without_a_link_gives_the_reason() {
    for (text, error) in [
        ("", "NotOtpauth"),
        ("hello world", "NotOtpauth"),
        ("https://example.org", "WebAddress"),
        ("Hello\nhttps://example.org", "WebAddress"),
        ("JBSW Y3DP EHPK 3PXP", "BareSecret"),
        ("jbswy3dpehpk3pxp\n", "BareSecret"),
    ] {
        assert_eq!(found(text, Source::User), [error], "{text}");
    }
}

#[test]
fn long_texts_take_no_time() {
    let many = |text: &str, times| find_links(&text.repeat(times), Source::User).len();
    assert_eq!(many(&format!("{LAMP}\n"), 10_000), 10_000);
    let first = format!("{LAMP}\n");
    for rest in ["&a\n", "&", "a=b&", "x ", ".", "?\n", ":", "://", "("] {
        let text = first.clone() + &rest.repeat(200_000);
        assert!(!find_links(&text, Source::User).is_empty());
    }
}

/// If the continuation of a secret or a number follows the link in any form, it is joined or the link is refused.
#[test]
fn no_secret_and_no_number_is_truncated() {
    let secret = "otpauth://totp/Lamp:eva?secret=JBSWY3DPEHPK3PXP";
    for rest in [
        "\n> GEZDGNBVGY3TQOJQ",
        "\n\nGEZDGNBVGY3TQOJQ",
        "\nGEZD GNBV GY3T QOJQ",
        "\n3TQOJQGEZDGNBVGY%3D",
        "\n-GEZD-GNBV",
        "\n\u{200b}GEZDGNBVGY3TQOJQ",
        "\nGEZDGNBVGY3TQOJQ and then sign in",
        "\ngezdgnbvgy3tqojq",
        "\n(GEZDGNBVGY3TQOJQ)",
        "\n- GEZDGNBVGY3TQOJQ",
        "\n%20GEZDGNBVGY3TQOJQ",
        "…",
        "...",
        " GEZDGNBVGY3TQO%3D%3D",
        " │\n│ GEZDGNBVGY3TQOJQ │",
        "\nGEZDGNBVGY3TQOJQotpauth://totp/Desk:eva?secret=MFRGGZDFMZTWQ2LK",
    ] {
        assert_not_accepted(&format!("{secret}{rest}"), "JBSWY3DPEHPK3PXP", None);
    }
    for rest in ["EHPKAPXP", "23", "2"] {
        let text = format!("{secret}\n{rest} {DESK}");
        assert_not_accepted(&text, "JBSWY3DPEHPK3PXP", None);
        assert_not_accepted(&text, &format!("JBSWY3DPEHPK3PXP{rest}"), None);
    }
    let two = format!("{secret}\nGEZDGNBVGY3TQOJQ {DESK}");
    assert_eq!(
        found(&two, Source::User),
        [format!("+{secret}GEZDGNBVGY3TQOJQ"), DESK.into()]
    );
    for cut in [
        "JBSW-Y3DP\nEHPK-3PXP",
        "JBSW+Y3DP\nEHPK+3PXP",
        "JBSW Y3DP\nEHPK 3PXP",
    ] {
        assert_not_accepted(
            &format!("otpauth://totp/eva?secret={cut}"),
            "JBSWY3DP",
            None,
        );
    }
    for steam in [
        "steam://JBSWY3DP\n\nEHPK3PXP",
        "steam://JBSWY3DP\nEHPK3PXP now",
    ] {
        assert_not_accepted(steam, "JBSWY3DP", None);
    }
    for number in [
        "&period=3\n00 seconds",
        "&period=3\n00.",
        "&period=3\n\n00",
        "&period=3 00,",
        "&period=3…",
    ] {
        assert_not_accepted(&format!("{LAMP}{number}"), "JBSWY3DPEHPK3PXP", Some(3));
    }
    for lost in [
        "&image=h\nttps://x.png&period=60",
        "\n\n&period=60",
        "\nperiod=60&x=y",
        "\nalgorithm=SHA1&period=60",
        "\n\nhttps://x.png?a=b&period=60",
    ] {
        assert_not_accepted(&format!("{LAMP}{lost}"), "JBSWY3DPEHPK3PXP", Some(30));
    }
    let steam = format!("{LAMP}&encoder=st\neam");
    for source in [Source::User, Source::Program] {
        assert_eq!(found(&steam, source), ["BrokenLink"]);
    }
}

/// Asserts that no link with this secret, and this period if one is given, is accepted.
fn assert_not_accepted(text: &str, secret: &str, period: Option<u32>) {
    for source in [Source::User, Source::Program] {
        for (read, steps) in read(text, source).into_iter().flatten() {
            let same_period = period.is_none_or(|period| steps == Some(period));
            assert!(read != secret || !same_period, "{text:?} {source:?}");
        }
    }
}

#[test]
fn a_quotation_mark_within_a_name_ends_no_link() {
    for (before, link, after) in [
        (
            "'",
            "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=Men's Wearhouse&digits=8",
            "'",
        ),
        (
            "‘",
            "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=Men’s&digits=8",
            "’ it is",
        ),
        (
            "*",
            "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=A*b&digits=8",
            "*",
        ),
        (
            "«",
            "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=A»B&digits=8",
            "».",
        ),
        (
            "[x](",
            "otpauth://totp/eva?secret=JBSWY3DPEHPK3PXP&issuer=Smile:)&digits=8",
            ")",
        ),
        (
            "'",
            "otpauth://totp/eva?issuer=Men's&secret=JBSWY3DPEHPK3PXP",
            "'",
        ),
    ] {
        let text = format!("{before}{link}{after}");
        assert_eq!(found(&text, Source::User), [link], "{text}");
    }
}

#[test]
fn prose_and_lists_after_a_secret_are_not_joined() {
    let secret = "otpauth://totp/Lamp:eva?secret=JBSWY3DPEHPK3PXP";
    for behind in [
        "\n\nThanks a lot",
        "\n\nMERCI",
        "\n\nhttps://example.org/help",
        "\n- then sign in",
        "\n2. Then sign in",
        "\nName: eva",
        " and then sign in",
    ] {
        let text = format!("{secret}{behind}");
        assert_eq!(found(&text, Source::User), [secret], "{text:?}");
    }
    for between in ["\n2. ", "\n- ", "\n* ", "\nDesk ", "\nDESK: "] {
        let text = format!("{secret}{between}{DESK}");
        assert_eq!(found(&text, Source::User), [secret, DESK], "{text:?}");
    }
}
