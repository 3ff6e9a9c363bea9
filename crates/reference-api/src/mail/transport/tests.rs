use super::*;
use crate::mail::{CodeMail, CodePurpose, Mailer};
use crate::store::customers::CustomerId;
use crate::testing::TestApi;
use portal_contract::interaction::Channel;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// A mail server that takes one letter, and gives what it was sent. It refuses the sender as often as it is told to.
async fn server(listener: TcpListener, mut refusals: u32) -> String {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 ready\r\n").await.unwrap();
        let (mut letter, mut in_letter) = (String::new(), false);
        let mut line = String::new();
        while stream.read_line(&mut line).await.unwrap() > 0 {
            let command = line.trim_end();
            let answer = match command {
                "." if in_letter => return letter,
                _ if in_letter => {
                    letter.push_str(command);
                    letter.push('\n');
                    ""
                }
                "DATA" => {
                    in_letter = true;
                    "354 go on\r\n"
                }
                _ if command.starts_with("MAIL") && refusals > 0 => {
                    refusals -= 1;
                    "451 not now\r\n"
                }
                _ if command.starts_with("QUIT") => "221 bye\r\n",
                _ => "250 fine\r\n",
            };
            stream.write_all(answer.as_bytes()).await.unwrap();
            line.clear();
        }
    }
}

async fn delivered(refusals: u32) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let letter = tokio::spawn(server(listener, refusals));
    let config = Config {
        mail: Some(Mail {
            host: "127.0.0.1".into(),
            port: Some(port),
            tls: MailTls::None,
            username: None,
            password: None,
            from: "Lumenfold <no-reply@example.com>".into(),
        }),
        ..Config::default()
    };
    let api = TestApi::new();
    let mailer = Mailer::start(&config, api.state.store.clone(), api.state.clock.clone());
    mailer.send_code(CodeMail {
        to: Some((
            CustomerId::try_from("cus_1".to_owned()).unwrap(),
            "maya@example.com".into(),
        )),
        locale: Some("en".into()),
        code: "012345".into(),
        purpose: CodePurpose::SignIn,
    });
    let letter = letter.await.unwrap();
    assert_eq!(
        api.latest_code("maya@example.com").await,
        None,
        "what was sent is not kept"
    );
    letter
}

#[tokio::test]
async fn a_code_goes_to_the_mail_server_that_is_set() {
    let letter = delivered(0).await;
    assert!(
        letter.contains("From: Lumenfold <no-reply@example.com>\n"),
        "{letter}"
    );
    assert!(letter.contains("To: maya@example.com\n"), "{letter}");
    assert!(
        letter.contains("Subject: 012345 is your code for Lumenfold\n"),
        "{letter}"
    );
    assert!(letter.contains("    012345\n"), "{letter}");
}

#[tokio::test]
async fn a_server_that_is_busy_is_tried_again() {
    assert!(delivered(1).await.contains("012345"));
}

#[test]
fn headers_of_a_way_out_go_out_as_they_are() {
    let one_click = format!("https://help.example/v1/unsubscribe/{}", "0a".repeat(53));
    let letter = Letter {
        customer: None,
        channel: Channel::Email,
        to: "maya@example.com".into(),
        subject: "Tariffs".into(),
        body: "Hello".into(),
        code: None,
        locale: "en",
        headers: vec![
            ("List-Unsubscribe", format!("<{one_click}>")),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()),
        ],
    };
    let from = "no-reply@example.com".parse().unwrap();
    let message = build(&from, &letter).unwrap().formatted();
    let text = String::from_utf8(message).unwrap();
    // A long header may be folded: a line break before a space says nothing (RFC 5322).
    let unfolded = text.replace("\r\n ", " ").replace("  ", " ");
    assert!(
        unfolded.contains(&format!("\r\nList-Unsubscribe: <{one_click}>\r\n")),
        "{text}"
    );
    assert!(
        unfolded.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
        "{text}"
    );
}

#[tokio::test]
async fn the_outbox_is_no_archive() {
    let api = TestApi::new();
    for n in 0..=KEPT {
        api.state.mailer.send_code(CodeMail {
            to: Some((
                CustomerId::try_from("cus_1".to_owned()).unwrap(),
                format!("a{n}@example.com"),
            )),
            locale: None,
            code: "012345".into(),
            purpose: CodePurpose::SignIn,
        });
    }
    assert_eq!(api.latest_code("a0@example.com").await, None);
    assert!(api.latest_code("a1@example.com").await.is_some());
}
