using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Revisions;

/// <summary>Migrations in the order in which they are applied.</summary>
public sealed class MigrationChain
{
    /// <summary>The position of <c>base</c>, before the first migration.</summary>
    public const int Base = -1;

    /// <summary>A chain of these migrations.</summary>
    /// <param name="ids">The ids, in any order.</param>
    public MigrationChain(IEnumerable<string> ids) => Ids = [.. ids.Distinct(MigrationId.Equality).OrderBy(id => id, MigrationId.Order)];

    /// <summary>The ids, oldest first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The position of <c>head</c>: the last migration's, or <see cref="Base"/> without one.</summary>
    public int Head => Ids.Count - 1;

    /// <summary>The position that an expression names.</summary>
    /// <param name="text">The expression: see <see cref="RevisionExpression"/>.</param>
    /// <param name="current">The position of the newest applied migration.</param>
    /// <returns>A position from <see cref="Base"/> to <see cref="Head"/>.</returns>
    /// <exception cref="MigrationsException">It names none, or several; the text begins as Alembic's does, because people search for it.</exception>
    public int Resolve(string text, int current)
    {
        if (RevisionRange.Is(text))
            throw new MigrationsException(DiagnosticCodes.NoSuchRevision, $"Range revision not allowed: '{text}' names two places, and one is wanted. For the SQL of a range: dotnet build -t:DbScript -p:DbRev={text}");

        // An id that looks like "x-2" is still an id.
        if (Find(text.Trim()) is { } exact)
            return exact;
        var expression = RevisionExpression.Parse(text);
        var start = expression.Symbol.Length == 0 ? current : Locate(expression.Symbol, current);
        var end = start + (long)expression.Steps;
        if (end < Base || end > Head)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Relative revision {expression.Text} didn't produce {Math.Abs((long)expression.Steps)} migrations: from {NameAt(start)} there are "
                + $"{(expression.Steps < 0 ? start - Base : Head - start)} towards {(expression.Steps < 0 ? "base" : "head")}. "
                + "Run: dotnet build -t:DbHistory");
        }

        return (int)end;
    }

    /// <summary>Whether an expression depends on what a database has applied. An id that looks like <c>x-2</c> doesn't.</summary>
    /// <param name="text">The expression.</param>
    public bool IsFromCurrent(string text) => Find(text.Trim()) is null && RevisionExpression.Parse(text).IsFromCurrent;

    /// <summary>The id of the one migration that an expression names, as seen from head.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="MigrationsException">It names none, or several, or base.</exception>
    public string IdOf(string text) => Resolve(text, Head) is var position and > Base
        ? Ids[position]
        : throw new MigrationsException(DiagnosticCodes.NoSuchRevision, $"Can't locate revision identified by '{text}': it is base, before the first migration. Run: dotnet build -t:DbHistory");

    /// <summary>The id at a position, or <c>base</c>.</summary>
    /// <param name="position">A position of this chain.</param>
    public string NameAt(int position) => position == Base ? "base" : Ids[position];

    /// <summary>The position of an id, or <see langword="null"/>.</summary>
    /// <param name="id">A whole id.</param>
    public int? Find(string id)
    {
        for (var i = 0; i < Ids.Count; i++)
        {
            if (MigrationId.Equality.Equals(Ids[i], id))
                return i;
        }

        return null;
    }

    private int Locate(string symbol, int current)
    {
        switch (symbol.ToUpperInvariant())
        {
            case "HEAD" or "HEADS":
                return Head;
            case "BASE":
                return Base;
            case "CURRENT":
                return current;
            default:
                return Find(symbol) ?? LocateByPart(symbol);
        }
    }

    private int LocateByPart(string symbol)
    {
        var wholeNames = Where(id => MigrationId.Equality.Equals(MigrationId.NameOf(id), symbol));
        var found = wholeNames.Count > 0
            ? wholeNames
            : Where(id => StartsWith(id, symbol) || StartsWith(MigrationId.NameOf(id), symbol));
        if (symbol.Length > 0 && found.Count == 1)
            return found[0];
        var cause = found.Count switch
        {
            0 when Ids.Count == 0 => "there are no migrations",
            0 => "no id or name starts with it",
            _ => $"{found.Count} revisions start with it: {string.Join(", ", found.Take(10).Select(position => Ids[position]))}{(found.Count > 10 ? ", …" : "")}",
        };
        throw new MigrationsException(
            DiagnosticCodes.NoSuchRevision, $"Can't locate revision identified by '{symbol}': {cause}. Run: dotnet build -t:DbHistory");
    }

    private List<int> Where(Func<string, bool> matches) => [.. Enumerable.Range(0, Ids.Count).Where(position => matches(Ids[position]))];

    private static bool StartsWith(string text, string part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase);
}
