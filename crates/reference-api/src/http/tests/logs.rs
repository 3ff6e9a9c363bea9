//! What the settings of the log may be.

use crate::config::Log;
use crate::logging;

#[test]
fn a_filter_that_cannot_be_read_is_named() {
    let log = Log {
        json: false,
        filter: "=loud=".into(),
    };
    let error = logging::subscriber(&log, std::io::sink)
        .err()
        .expect("it is refused");
    assert!(error.starts_with("log.filter: expected"), "{error}");
}
