mod bytes;
mod life;
mod plan;
