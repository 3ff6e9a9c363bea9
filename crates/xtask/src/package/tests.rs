use super::*;
use std::io::Read;

const PAGE: &str = "<!doctype html>\n<meta name=\"portal-base\" content=\"/\" />\n<link rel=\"stylesheet\" href=\"/theme.css\" />\n\
                    <script src=\"/assets/boot-0123456789abcdef.js\"></script>\n";

struct Built {
    sources: Sources,
    _folder: tempfile::TempDir,
}

fn built() -> Built {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join("assets")).unwrap();
    for (name, text) in [
        ("index.html", PAGE),
        (
            "config.json",
            r#"{"name":"A","locales":["en"],"frame_parents":["http://127.0.0.1:8090"]}"#,
        ),
        ("theme.css", ":root {}"),
        ("embed.js", "export {}"),
        ("assets/boot-0123456789abcdef.js", "go()"),
        ("assets/boot-0123456789abcdef.js.br", "b"),
    ] {
        fs::write(dist.join(name), text).unwrap();
    }
    Built {
        sources: Sources {
            dist,
            licences: ["ours".to_owned(), "theirs".to_owned()],
        },
        _folder: folder,
    }
}

fn options(prefix: &str) -> Options {
    Options {
        prefix: prefix.to_owned(),
        api: None,
        frame_parent: Vec::new(),
        brand: None,
        out: None,
        built: true,
        dist: None,
        check: false,
    }
}

/// The files of an archive, and the moment that each says it is of.
fn unpacked(package: &Package) -> BTreeMap<String, (String, u64)> {
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(package.bytes.as_slice())
        .read_to_end(&mut tar)
        .unwrap();
    let mut archive = tar::Archive::new(tar.as_slice());
    let mut files = BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().display().to_string();
        let (_, name) = path.split_once('/').unwrap();
        let name = name.to_owned();
        let moment = entry.header().mtime().unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(name, (String::from_utf8_lossy(&bytes).into_owned(), moment));
    }
    files
}

#[test]
fn the_same_portal_is_packed_into_the_same_bytes() {
    let built = built();
    let once = pack(&built.sources, &options("/")).unwrap();
    let again = pack(&built.sources, &options("/")).unwrap();
    assert!(once.bytes == again.bytes);
    assert_eq!(once.name, again.name);
    let elsewhere = pack(&built.sources, &options("/portal/")).unwrap();
    assert_ne!(once.name, elsewhere.name, "the name tells them apart");
}

#[test]
fn a_build_that_is_under_way_is_no_part_of_the_package() {
    let built = built();
    let before = pack(&built.sources, &options("/")).unwrap();
    let stage = built.sources.dist.join(".stage");
    fs::create_dir_all(&stage).unwrap();
    fs::write(stage.join("index.html"), "half a page").unwrap();
    let meanwhile = pack(&built.sources, &options("/")).unwrap();
    assert!(before.bytes == meanwhile.bytes);
}

#[test]
fn everything_lies_below_the_path_at_which_it_is_served() {
    let built = built();
    let files = unpacked(&pack(&built.sources, &options("/help/portal/")).unwrap());
    let (page, _) = &files["site/help/portal/index.html"];
    assert!(page.contains("href=\"/help/portal/theme.css\""), "{page}");
    for there in [
        "site/help/portal/config.json",
        "site/help/portal/assets/boot-0123456789abcdef.js",
        // As it was built; what was changed here is compressed anew.
        "site/help/portal/assets/boot-0123456789abcdef.js.br",
        "site/help/portal/index.html.br",
        "nginx/portal.conf",
        "caddy/portal.caddy",
        "static-host/_headers",
        "static-host/_redirects",
        "README.txt",
        "LICENSE",
        "THIRD-PARTY.txt",
    ] {
        assert!(files.contains_key(there), "{there}");
    }
    assert_eq!(files["README.txt"].0.lines().count(), 5);
}

#[test]
fn files_of_one_length_and_other_content_are_not_of_the_same_moment() {
    let built = built();
    let before = unpacked(&pack(&built.sources, &options("/")).unwrap());
    let changed = PAGE.replace("0123456789abcdef", "fedcba9876543210");
    fs::write(built.sources.dist.join("index.html"), changed).unwrap();
    let after = unpacked(&pack(&built.sources, &options("/")).unwrap());
    let of = |files: &BTreeMap<String, (String, u64)>| {
        let (page, moment) = files["site/index.html"].clone();
        (page.len(), moment)
    };
    assert_eq!(of(&before).0, of(&after).0);
    assert_ne!(of(&before).1, of(&after).1);
}

#[test]
fn headers_and_settings_say_the_same_of_the_api_and_of_frames() {
    let built = built();
    let asked = Options {
        api: Some("https://api.example.com/portal".to_owned()),
        frame_parent: vec!["https://www.example.com".to_owned()],
        ..options("/portal/")
    };
    let files = unpacked(&pack(&built.sources, &asked).unwrap());
    let (config, _) = &files["site/portal/config.json"];
    assert!(config.contains("\"api\": \"https://api.example.com/portal\""));
    assert!(config.contains("\"https://www.example.com\""));
    let (page, _) = &files["site/portal/index.html"];
    assert!(
        page.contains("<meta name=\"portal-api\" content=\"https://api.example.com/portal\" />")
    );
    for server in [
        "nginx/portal.conf",
        "caddy/portal.caddy",
        "static-host/_headers",
    ] {
        let (told, _) = &files[server];
        for policy in [
            "connect-src 'self' https://api.example.com;",
            "frame-ancestors https://www.example.com;",
            "frame-ancestors 'none';",
        ] {
            assert!(told.contains(policy), "{server}: {policy}");
        }
    }
}

/// As `static_host` says, these hosts have ways of their own.
#[test]
fn a_static_host_shows_screens_misses_what_is_missing_and_tells_apart_whom_nobody_frames() {
    let built = built();
    let asked = Options {
        frame_parent: vec!["https://www.example.com".to_owned()],
        ..options("/portal/")
    };
    let files = unpacked(&pack(&built.sources, &asked).unwrap());
    let (redirects, _) = &files["static-host/_redirects"];
    assert!(redirects.contains("/portal/interactions/* /portal/ 200\n"));
    assert!(!redirects.contains("index.html"), "{redirects}");
    let (headers, _) = &files["static-host/_headers"];
    let (page, _) = &files["site/portal/index.html"];
    assert_eq!(&files["static-host/portal/404.html"].0, page);
    for screen in portal_serving::NEVER_FRAMED {
        let file = format!("/portal/{screen}.html");
        assert_eq!(&files[&format!("static-host{file}")].0, page);
        assert!(!redirects.contains(&format!("/portal/{screen} ")));
        let of_file = headers.split_once(&format!("\n{file}\n")).unwrap().1;
        let policy = of_file.lines().next().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    }
}

/// Those hosts put together what several of their patterns say of one address: twice `same-origin` is nothing to a browser.
#[test]
fn a_static_host_is_told_no_header_twice_of_one_address() {
    let built = built();
    let files = unpacked(&pack(&built.sources, &options("/")).unwrap());
    let (headers, _) = &files["static-host/_headers"];
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in headers.lines() {
        match line.strip_prefix("  ") {
            Some(header) => {
                let name = header.split(':').next().unwrap();
                blocks.last_mut().unwrap().1.push(name);
            }
            None => blocks.push((line, Vec::new())),
        }
    }
    let is_of = |pattern: &str, address: &str| match pattern.strip_suffix('*') {
        Some(start) => address.starts_with(start),
        None => pattern == address,
    };
    for address in [
        "/",
        "/interactions",
        "/help/a",
        "/sign-in",
        "/embed.js",
        "/config.json",
        "/assets/boot-0123456789abcdef.js",
    ] {
        let told = blocks.iter().filter(|(pattern, _)| is_of(pattern, address));
        let mut names: Vec<_> = told.flat_map(|(_, names)| names).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{address}: {names:?}");
        assert!(names.contains(&&"cache-control"), "{address}");
    }
}

#[test]
fn without_a_word_about_frames_nobody_frames_the_portal() {
    let built = built();
    let files = unpacked(&pack(&built.sources, &options("/")).unwrap());
    assert!(
        files["site/config.json"]
            .0
            .contains("\"frame_parents\": []")
    );
    assert!(!files["nginx/portal.conf"].0.contains("127.0.0.1"));
}

#[test]
fn a_brand_takes_the_place_of_the_demonstrations_files_and_of_nothing_else() {
    let built = built();
    let brand = built.sources.dist.with_file_name("brand");
    fs::create_dir_all(&brand).unwrap();
    let asked = Options {
        brand: Some(brand.clone()),
        ..options("/")
    };
    let why = |asked: &Options| pack(&built.sources, asked).err().unwrap().to_string();
    assert!(why(&asked).contains("has no config.json"));
    let config = r#"{"name":"B","locales":["en"],"frame_parents":["https://b.example"]}"#;
    fs::write(brand.join("config.json"), config).unwrap();
    fs::write(brand.join("theme.css"), ":root { --radius: 0 }").unwrap();
    let files = unpacked(&pack(&built.sources, &asked).unwrap());
    assert!(
        files["nginx/portal.conf"]
            .0
            .contains("frame-ancestors https://b.example;")
    );
    assert_eq!(files["site/theme.css"].0, ":root { --radius: 0 }");
    fs::write(brand.join("index.html"), "mine").unwrap();
    assert!(why(&asked).contains("index.html is the portal's own"));
}

/// The deploying page shows it to whoever has the archive and not the repository.
#[test]
fn the_line_of_the_documentation_moves_a_portal_as_the_command_does() {
    let guide = include_str!("../../../../docs/deploying.md");
    let line = guide
        .lines()
        .find(|line| line.starts_with("sed "))
        .expect("docs/deploying.md shows it");
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("index.html");
    fs::write(&page, PAGE).unwrap();
    let status = std::process::Command::new("sh")
        .args(["-c", line])
        .current_dir(folder.path())
        .status()
        .unwrap();
    assert!(status.success(), "{line}");
    let moved = fs::read_to_string(&page).unwrap();
    assert_eq!(
        moved,
        crate::finish::stamp(PAGE, "/portal/", &serde_json::json!({}))
    );
}
