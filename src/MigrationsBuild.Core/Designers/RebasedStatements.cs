using System.Text.RegularExpressions;

namespace MigrationsBuild.Designers;

/// <summary>The statements of a method that was generated again, with those that were written by hand before.</summary>
public sealed class RebasedStatements
{
    /// <summary>The operations that EF Core generates from a model. SQL, and methods of others, are written by hand.</summary>
    private static readonly Regex _schema = new(
        @"\AmigrationBuilder\s*\.\s*(?:(?:Add|Drop)(?:CheckConstraint|Column|ForeignKey|PrimaryKey|UniqueConstraint)"
        + "|Alter(?:Column|Database|Sequence|Table)|(?:Create|Drop)(?:Index|Sequence|Table)|EnsureSchema|DropSchema"
        + @"|Rename(?:Column|Index|Sequence|Table)|RestartSequence)\s*(?:<[^()]*>)?\s*\(");

    /// <summary>The operations that EF Core generates for seed data, and that people write as well.</summary>
    private static readonly Regex _data = new(@"\AmigrationBuilder\s*\.\s*(?:Insert|Update|Delete)Data\s*\(");

    /// <summary>Combines the statements.</summary>
    /// <param name="before">The statements before.</param>
    /// <param name="generated">The statements that were generated now.</param>
    public RebasedStatements(IReadOnlyList<string> before, IReadOnlyList<string> generated)
    {
        var all = generated.Select(statement => new Line(statement)).ToList();
        var hasData = all.Exists(line => _data.IsMatch(line.Key));
        var position = 0;
        foreach (var line in before.Select(statement => new Line(statement)))
        {
            // A generated statement replaces one earlier statement.
            var index = all.FindIndex(one => one.Key == line.Key && !one.IsKnown);
            if (index >= 0)
                all[index] = line with { IsKnown = true };
            else if (_schema.IsMatch(line.Key) || (hasData && _data.IsMatch(line.Key)))
                Dropped.Add(line.Text);
            else
                Insert(line);
            position = Math.Max(position, index + 1);
        }

        Added = [.. all.Where(line => !line.IsKnown).Select(line => line.Text)];
        All = all.ConvertAll(line => line.Text);

        void Insert(Line line)
        {
            all.Insert(position++, line with { IsKnown = true });
            Kept.Add(line.Text);
        }
    }

    /// <summary>The statements of the new method. Those that were there before keep their comments.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The statements that were written by hand. Each follows the statement that it followed before.</summary>
    public List<string> Kept { get; } = [];

    /// <summary>The operations of EF Core that were there before, and aren't generated now.</summary>
    public List<string> Dropped { get; } = [];

    /// <summary>The operations that are generated now, and weren't there before.</summary>
    public IReadOnlyList<string> Added { get; }

    /// <summary>A statement.</summary>
    /// <param name="Text">Its text.</param>
    private sealed record Line(string Text)
    {
        /// <summary>The statement for comparison.</summary>
        public string Key { get; } = MigrationCode.Normalize(Text);

        /// <summary>Whether it was there before.</summary>
        public bool IsKnown { get; init; }
    }
}
