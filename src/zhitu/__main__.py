"""`python -m zhitu` is `zhitu`."""

from zhitu.cli import main

if __name__ == "__main__":
    main()
