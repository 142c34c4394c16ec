"""Storage: the encrypted SQLite file, its tables, repositories and migrations. The only room that speaks
SQL.

For the rest of the program:

``db.vault.FolderVault(folder)``
    ``state() kind() keyring_usable() create(kind, passphrase) open(passphrase) change(…)``: the data folder
    before it is opened (``app.usecases.ports.Vault``). Cheap to import.
``db.keys.KeyStore(folder)``
    ``exists() kind() create() unlock() change() keyring_usable()``: the key file alone. Cheap to import.
``db.engine.open_storage(folder, unlock)``, ``db.engine.create_storage(folder, kind, passphrase)``
    Give a ``SqlStorage`` (``app.usecases.ports.Storage``): ``work() look() status() close()``, and beyond the
    promise ``back_up()`` and ``check()``. Imports SQLAlchemy.
``db.bulk.insert_customers``, ``db.bulk.insert_quotations``, ``db.bulk_contracts.insert_contracts``
    Many rows at once, for demonstrations and benchmarks.
"""
