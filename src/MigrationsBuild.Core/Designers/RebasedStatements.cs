using System.Text.RegularExpressions;

namespace MigrationsBuild.Designers;

/// <summary>The statements of a method that was generated again, with those that were written by hand before.</summary>
public sealed class RebasedStatements
{
    private static readonly Regex _operation = new(@"\A(?:\s*//[^\n]*\n)*\s*migrationBuilder\s*\.\s*(?!Sql\b)\w+\s*(?:<[^()]*>)?\s*\(");

    /// <summary>Combines the statements.</summary>
    /// <param name="before">The statements before.</param>
    /// <param name="generated">The statements that were generated now.</param>
    public RebasedStatements(IReadOnlyList<string> before, IReadOnlyList<string> generated)
    {
        var all = generated.Select(statement => (Text: statement, Key: MigrationCode.Normalize(statement))).ToList();
        var position = 0;
        foreach (var statement in before)
        {
            var key = MigrationCode.Normalize(statement);
            var index = all.FindIndex(one => one.Key == key);
            if (index >= 0)
                position = index + 1;
            else if (_operation.IsMatch(statement))
                Dropped.Add(statement);
            else
                Insert(statement, key);
        }

        var known = new HashSet<string>(before.Select(MigrationCode.Normalize));
        Added = [.. generated.Where(statement => !known.Contains(MigrationCode.Normalize(statement)))];
        All = all.ConvertAll(one => one.Text);

        void Insert(string statement, string key)
        {
            all.Insert(position++, (statement, key));
            Kept.Add(statement);
        }
    }

    /// <summary>The statements of the new method.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The statements that were written by hand. Each follows the statement that it followed before.</summary>
    public List<string> Kept { get; } = [];

    /// <summary>The operations of EF Core that were there before, and aren't generated now.</summary>
    public List<string> Dropped { get; } = [];

    /// <summary>The operations that are generated now, and weren't there before.</summary>
    public IReadOnlyList<string> Added { get; }
}
