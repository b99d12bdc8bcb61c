using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NeonPanel.Mcp.Ledger.Generation;

namespace NeonPanel.Mcp.Ledger.Storage;

/// <summary>Keeps journals in an SQLite file: the generated one for a person with an SQL client, and what each subject
/// changed.</summary>
/// <remarks>Tables: <c>options</c>, <c>records</c> and <c>movements</c> of the generated journal, <c>changes</c> by
/// subject. A file belongs to the options that it was made with.</remarks>
public sealed class JournalFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly Lock gate = new();

    private JournalFile(SqliteConnection connection, string path)
    {
        this.connection = connection;
        this.path = path;
    }

    /// <summary>Opens a file, or makes it.</summary>
    /// <exception cref="InvalidDataException">The file was made with other options, or is no such file.</exception>
    public static JournalFile Open(string path, LedgerOptions options, Journal generated)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()
        );
        try
        {
            connection.Open();
            var file = new JournalFile(connection, path);
            file.Prepare(options, generated);
            return file;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Unusable(path, exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The journals of all subjects that wrote something.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyDictionary<string, Journal> Read(Journal generated)
    {
        lock (gate)
        {
            try
            {
                return ReadChanges(generated);
            }
            catch (SqliteException exception)
            {
                throw Unusable(path, exception);
            }
        }
    }

    /// <summary>Keeps what a write of a subject changed. All of it, or nothing.</summary>
    public void Write(string subject, IReadOnlyList<JournalChange> changes)
    {
        lock (gate)
        {
            using var transaction = connection.BeginTransaction();
            foreach (var change in changes)
            {
                using var command = Command(
                    "INSERT OR REPLACE INTO changes (subject, kind, id, body) VALUES ($1, $2, $3, $4)",
                    subject,
                    change.Kind,
                    change.Id,
                    change.After is null ? DBNull.Value : JournalBytes.Text(change.After)
                );
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>Forgets what a subject changed.</summary>
    public void Reset(string subject)
    {
        lock (gate)
        {
            using var command = Command("DELETE FROM changes WHERE subject = $1", subject);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose() => connection.Dispose();

    private static InvalidDataException Unusable(string path, SqliteException exception) =>
        new(
            $"--data: '{path}' cannot be used as a database: {exception.Message} Name another file, or none to keep nothing.",
            exception
        );

    private Dictionary<string, Journal> ReadChanges(Journal generated)
    {
        var journals = new Dictionary<string, Journal>();
        using var command = Command("SELECT subject, kind, id, body FROM changes");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var subject = reader.GetString(0);
            var (kind, id) = (reader.GetString(1), reader.GetInt32(2));
            var body = reader.IsDBNull(3) ? null : reader.GetString(3);
            try
            {
                journals[subject] = JournalRecords.Set(journals.GetValueOrDefault(subject, generated), kind, id, body);
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException(
                    $"--data: '{path}' holds a {kind} {id} that cannot be read: {exception.Message} Name another file.",
                    exception
                );
            }
        }

        return journals;
    }

    private void Prepare(LedgerOptions options, Journal generated)
    {
        using (
            var tables = Command(
                """
                CREATE TABLE IF NOT EXISTS options (name TEXT PRIMARY KEY, value TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS records (kind TEXT, id INTEGER, body TEXT NOT NULL, PRIMARY KEY (kind, id));
                CREATE TABLE IF NOT EXISTS movements (day TEXT, kind TEXT, document_kind TEXT, document_id INTEGER, line INTEGER,
                    company_id INTEGER, item_id INTEGER, warehouse_id INTEGER, units INTEGER);
                CREATE TABLE IF NOT EXISTS changes (subject TEXT, kind TEXT, id INTEGER, body TEXT, PRIMARY KEY (subject, kind, id));
                """
            )
        )
        {
            tables.ExecuteNonQuery();
        }

        var wanted = Describe(options);
        using var question = Command("SELECT value FROM options WHERE name = 'made with'");
        var found = question.ExecuteScalar() as string;
        if (found == wanted)
        {
            return;
        }

        if (found is not null)
        {
            throw new InvalidDataException(
                $"--data: '{path}' was made with {found}, not with {wanted}. Use the same options, or another file."
            );
        }

        Fill(wanted, generated);
    }

    private void Fill(string description, Journal generated)
    {
        using var transaction = connection.BeginTransaction();
        using (var made = Command("INSERT INTO options VALUES ('made with', $1)", description))
        {
            made.ExecuteNonQuery();
        }

        InsertAll(
            "INSERT INTO records VALUES ($1, $2, $3)",
            JournalBytes
                .Records(generated)
                .Select(entry => new object[] { entry.Kind, entry.Id, JournalBytes.Text(entry.Record) })
        );

        InsertAll(
            "INSERT INTO movements VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            Movements
                .Of(generated)
                .Select(movement =>
                    new object[]
                    {
                        movement.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        movement.Kind.ToString(),
                        movement.Document.Kind.ToString(),
                        movement.Document.Id,
                        movement.Line,
                        movement.CompanyId,
                        movement.ItemId,
                        movement.WarehouseId,
                        movement.Units,
                    }
                )
        );
        transaction.Commit();
    }

    // One prepared command for all rows; thousands of commands would take seconds.
    private void InsertAll(string text, IEnumerable<object[]> rows)
    {
        SqliteCommand? command = null;
        foreach (var row in rows)
        {
            command ??= Command(text, row);
            for (var at = 0; at < row.Length; at++)
            {
                command.Parameters[at].Value = row[at];
            }

            command.ExecuteNonQuery();
        }

        command?.Dispose();
    }

    private SqliteCommand Command(string text, params object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters.AddWithValue($"${at + 1}", values[at]);
        }

        return command;
    }

    private static string Describe(LedgerOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"--seed {options.Seed} --today {options.Today:yyyy-MM-dd} --companies {options.Companies} --scale {options.Scale}"
        );
}
