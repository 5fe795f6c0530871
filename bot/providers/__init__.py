"""The five providers, each behind the same shape; `registry` lists them."""
