//! The program `reference-api`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match reference_api::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reference-api: {error:#}");
            ExitCode::FAILURE
        }
    }
}
