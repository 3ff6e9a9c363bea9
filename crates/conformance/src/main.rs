//! The command `conformance`.

fn main() -> std::process::ExitCode {
    conformance::cli::run()
}
