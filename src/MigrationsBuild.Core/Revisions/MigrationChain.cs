using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Revisions;

/// <summary>Migrations in the order in which they are applied.</summary>
public sealed class MigrationChain
{
    private static readonly Hint _history = Hint.Run(VerbTable.History);

    /// <summary>The position of <c>base</c>, before the first migration.</summary>
    public const int Base = -1;

    private readonly IReadOnlyList<string> _others;
    private readonly string _othersAre;

    /// <summary>A chain of migrations.</summary>
    /// <param name="ids">The ids, in any order.</param>
    /// <param name="others">Ids that a user may name although they aren't in the chain; those that are in it are ignored.</param>
    /// <param name="othersAre">The reason why they aren't in the chain, as the end of a sentence: <c>isn't applied</c>.</param>
    public MigrationChain(IEnumerable<string> ids, IEnumerable<string>? others = null, string othersAre = "")
    {
        Ids = [.. ids.Distinct(MigrationId.Equality).OrderBy(id => id, MigrationId.Order)];
        _others = [.. (others ?? []).Except(Ids, MigrationId.Equality)];
        _othersAre = othersAre;
    }

    /// <summary>The ids, oldest first.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The position of <c>head</c>: that of the last migration, or <see cref="Base"/> if there is none.</summary>
    public int Head => Ids.Count - 1;

    /// <summary>The position of an expression.</summary>
    /// <param name="text">The expression: see <see cref="RevisionExpression"/>.</param>
    /// <param name="current">The position of the newest applied migration.</param>
    /// <returns>A position from <see cref="Base"/> to <see cref="Head"/>.</returns>
    /// <exception cref="MigrationsException">
    /// The expression names no revision, or several. The message begins like Alembic's, because people search for it.
    /// </exception>
    public int Resolve(string text, int current)
    {
        if (RevisionRange.Is(text))
        {
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Range revision not allowed: '{text}' names two revisions, and one is needed.",
                new Hint("For the SQL of a range, run", VerbTable.Script, text));
        }

        // An id may look like an expression: "x-2".
        if (Find(text.Trim()) is { } exact)
            return exact;
        var expression = RevisionExpression.Parse(text);
        var start = expression.Symbol.Length == 0 ? current : Locate(expression.Symbol, current);
        var end = start + (long)expression.Steps;
        if (end < Base || end > Head)
        {
            var (count, direction) = expression.Steps < 0 ? (start - Base, "base") : (Head - start, "head");
            throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision,
                $"Relative revision {expression.Text} didn't produce {Math.Abs((long)expression.Steps)} migrations: "
                + $"from {NameAt(start)} there are {count} towards {direction}.",
                _history);
        }

        return (int)end;
    }

    /// <summary>Whether an expression depends on the migrations that a database has applied. An id such as <c>x-2</c> doesn't.</summary>
    /// <param name="text">The expression.</param>
    public bool IsFromCurrent(string text) => Find(text.Trim()) is null && RevisionExpression.Parse(text).IsFromCurrent;

    /// <summary>The id of the migration that an expression names, relative to head.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="MigrationsException">The expression names no migration, several, or base.</exception>
    public string IdOf(string text) => Resolve(text, Head) is var position and > Base
        ? Ids[position]
        : throw new MigrationsException(
            DiagnosticCodes.NoSuchRevision,
            $"Can't locate revision identified by '{text}': it is base, before the first migration.",
            _history);

    /// <summary>The id at a position, or <c>base</c>.</summary>
    /// <param name="position">A position of this chain.</param>
    public string NameAt(int position) => position == Base ? "base" : Ids[position];

    /// <summary>The position of an id; <see langword="null"/> if the chain doesn't contain it.</summary>
    /// <param name="id">A complete id.</param>
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
        var found = ByPart(Ids, symbol);
        if (symbol.Length > 0 && found.Count == 1)
            return Find(found[0])!.Value;
        var cause = (found.Count, ByPart(_others, symbol)) switch
        {
            (0, { Count: 1 } others) => $"{others[0]} {_othersAre}",
            (0, { Count: > 1 } others) => $"{others.Count} revisions start with it, and each of them {_othersAre}: {List(others)}",
            (0, _) => Ids.Count == 0 ? "there are no migrations" : "no id or name starts with it",
            _ => $"{found.Count} revisions start with it: {List(found)}",
        };
        throw new MigrationsException(
            DiagnosticCodes.NoSuchRevision, $"Can't locate revision identified by '{symbol}': {cause}.", _history);
    }

    /// <summary>The ids with this name; if there are none, those whose id or name begins with it.</summary>
    private static List<string> ByPart(IReadOnlyList<string> ids, string part)
    {
        var found = ids.Where(id => MigrationId.Equality.Equals(MigrationId.NameOf(id), part)).ToList();
        return found.Count > 0 ? found : [.. ids.Where(id => StartsWith(id, part) || StartsWith(MigrationId.NameOf(id), part))];
    }

    private static string List(List<string> ids) => string.Join(", ", ids.Take(10)) + (ids.Count > 10 ? ", …" : "");

    private static bool StartsWith(string text, string part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase);
}
