use super::*;
use serde_json::json;

fn written(format: Format, rows: &[Vec<Value>]) -> String {
    let columns = ["id".to_owned(), "text".to_owned()];
    let mut bytes = Vec::new();
    let mut records = Records::begin(&mut bytes, format, &columns).unwrap();
    for row in rows {
        records.write(row).unwrap();
    }
    assert_eq!(records.end().unwrap(), rows.len() as u64);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn json_has_one_record_a_line() {
    assert_eq!(written(Format::Json, &[]), "[\n]\n");
    let rows = [
        vec![json!("a"), json!("one\ntwo")],
        vec![json!("b"), Value::Null],
    ];
    let text = written(Format::Json, &rows);
    assert_eq!(
        text,
        "[\n{\"id\":\"a\",\"text\":\"one\\ntwo\"},\n{\"id\":\"b\",\"text\":null}\n]\n"
    );
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}

#[test]
fn csv_is_what_rfc_4180_says() {
    let rows = [
        vec![json!(1), json!("a \"word\", and\r\nmore")],
        vec![json!(true), json!({ "x": [1] })],
        vec![Value::Null, json!("")],
    ];
    let text = written(Format::Csv, &rows);
    assert_eq!(
        text,
        "\u{feff}id,text\r\n1,\"a \"\"word\"\", and\r\nmore\"\r\ntrue,\"{\"\"x\"\":[1]}\"\r\n,\r\n"
    );
    let mut reader =
        csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(&read[0][1], "a \"word\", and\r\nmore");
    assert_eq!(&read[1][1], "{\"x\":[1]}");
}

#[test]
fn no_cell_is_a_formula() {
    for dangerous in [
        "=1+1",
        "+49 30 123",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1+1",
        " =1+1",
        "\u{feff}=1",
    ] {
        let text = written(Format::Csv, &[vec![json!("x"), json!(dangerous)]]);
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let cell = reader.records().next().unwrap().unwrap()[1].to_owned();
        assert!(cell.starts_with('\''), "{dangerous:?} is {cell:?}");
        assert!(!cell.contains('\0'));
    }
    assert_eq!(neutral("a = b"), "a = b");
    assert_eq!(cell(&json!(-5)), "-5", "a number is a number");
}
