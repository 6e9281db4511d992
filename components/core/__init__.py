"""Pure arithmetic and tables under the components: nothing here creates a resource or imports a cloud's SDK."""
