//! Rust without what is not code, so that a rule is not set off by a comment or a sentence.

/// The code with comments blanked, line for line.
pub fn without_comments(text: &str) -> String {
    scan(text, true)
}

/// The code with comments and the insides of strings blanked, line for line.
pub fn bare(text: &str) -> String {
    scan(text, false)
}

/// Without the tests at the end of the file.
pub fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text)
}

fn scan(text: &str, keep_strings: bool) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, kept) = match token(rest) {
            Token::Comment(length) => (length, false),
            Token::Text(length) => (length, keep_strings),
            Token::Code => (first.len_utf8(), true),
        };
        let (piece, after) = rest.split_at(length);
        if kept {
            code.push_str(piece);
        } else {
            code.extend(piece.chars().filter(|c| *c == '\n' || *c == '"'));
        }
        rest = after;
    }
    code
}

enum Token {
    Comment(usize),
    Text(usize),
    Code,
}

fn token(rest: &str) -> Token {
    if rest.starts_with("//") {
        return Token::Comment(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Token::Comment(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    if let Some(raw) = raw_string(rest) {
        return Token::Text(raw);
    }
    if rest.starts_with('"') {
        return Token::Text(quoted(rest));
    }
    // A quote character: unlike a lifetime it closes two or three characters on.
    for literal in ["'\"'", "'\\\"'", "'\\''"] {
        if rest.starts_with(literal) {
            return Token::Text(literal.len());
        }
    }
    Token::Code
}

fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest
        .strip_prefix('r')?
        .chars()
        .take_while(|c| *c == '#')
        .count();
    let body = rest[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end)? + end.len();
    Some(1 + hashes + 1 + length)
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn comments_and_strings_are_blanked_and_lines_stay() {
    let text =
        "a(\"web_sys\"); // web_sys\nb(r#\"x \"web_sys\" y\"#);\n/* web_sys\n */ c('\"', 'd');";
    let bare = bare(text);
    assert!(!bare.contains("web_sys"), "{bare}");
    assert_eq!(bare.lines().count(), text.lines().count());
    assert!(bare.contains("c(") && bare.contains("'d'"), "{bare}");
}

#[test]
fn comments_alone_are_blanked_where_strings_matter() {
    let code = without_comments("a(\"/interactions\"); // \"/interactions\"");
    assert_eq!(code.matches("/interactions").count(), 1);
}

#[test]
fn tests_at_the_end_are_left_out() {
    assert_eq!(
        without_tests("code\n#[cfg(test)]\nmod tests {\n}"),
        "code\n"
    );
}
