"""`python -m pubtools`, for where the folder of pip's commands is not searched."""

from pubtools.cli import main

if __name__ == "__main__":
    main()
