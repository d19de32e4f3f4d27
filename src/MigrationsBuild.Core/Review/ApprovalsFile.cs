using System.Text;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Lint;
using MigrationsBuild.Revisions;
using MigrationsBuild.Text;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// The file <c>&lt;Context&gt;.approvals</c> in the folder of the migrations. It has a line for each approved migration, so that a pull
/// request shows its approvals, and two branches that both add a migration conflict.
/// </summary>
/// <param name="Context">The full name of the DbContext.</param>
/// <param name="MigrationsAssembly">The name of the assembly that contains its migrations.</param>
/// <param name="Provider">The name of the EF Core provider.</param>
/// <param name="HistoryTable">The history table, with its schema if it has one.</param>
/// <param name="Approvals">The approved migrations by id, oldest first.</param>
public sealed record ApprovalsFile(
    string Context,
    string MigrationsAssembly,
    string Provider,
    string HistoryTable,
    IReadOnlyList<Approval> Approvals)
{
    private IReadOnlyDictionary<string, int> _lines = new Dictionary<string, int>();

    /// <summary>
    /// Former full names of the context, oldest first. The journals of databases may still contain its migrations under these names.
    /// </summary>
    public IReadOnlyList<string> Formerly { get; init; } = [];

    /// <summary>The migrations that replace older ones. A draft may be among them, and one that was replaced in turn.</summary>
    public IReadOnlyList<Squash> Squashes { get; init; } = [];

    /// <summary>The file name's extension.</summary>
    public const string Extension = ".approvals";

    private static readonly Hint _fix = new("Fix the line or restore the file from version control, then run", VerbTable.Approve);

    private const string FirstLine = "# MigrationsBuild approvals 1";

    /// <summary>The word after the columns of a verified migration. The hash of the assertions follows if there are any.</summary>
    private const string Verified = "verified";

    /// <summary>The word before the findings of the lint that were accepted with a migration.</summary>
    private const string Accepts = "accepts";

    private const string Columns = "# migration previous up-sql down-sql source";

    /// <summary>The approvals file of a context.</summary>
    /// <param name="report">The context.</param>
    /// <param name="approvals">The approved migrations.</param>
    /// <param name="before">The previous version of the file, whose former names are kept; <see langword="null"/> for a new file.</param>
    public static ApprovalsFile For(ContextReport report, IReadOnlyList<Approval> approvals, ApprovalsFile? before = null) =>
        new(report.Name, report.MigrationsAssembly, report.Provider, report.History.FullName.Trim(), approvals)
        {
            Formerly = before is null ? [] : [.. before.Formerly.Append(before.Context).Where(name => name != report.Name).Distinct()],
            Squashes = before?.Squashes ?? [],
        };

    /// <summary>The approval of a migration; <see langword="null"/> if it isn't approved.</summary>
    /// <param name="id">The id of the migration.</param>
    public Approval? Find(string id) => Approvals.FirstOrDefault(approval => MigrationId.Equality.Equals(approval.Id, id));

    /// <summary>What a migration replaces; <see langword="null"/> if it replaces none.</summary>
    /// <param name="id">The id of the migration.</param>
    public Squash? FindSquash(string id) => Squashes.FirstOrDefault(squash => MigrationId.Equality.Equals(squash.Id, id));

    /// <summary>
    /// What a successful verification of an approved migration is valid for, even if the migration before it was squashed.
    /// </summary>
    public Verification VerificationOf(Approval approval) => Verification.Of(approval) with { Previous = Present(approval.Previous) };

    /// <summary>The migration after which a migration comes that was approved after another one: the other one may be replaced.</summary>
    /// <param name="id">The id of the other one, or <see cref="Approval.Base"/>.</param>
    internal string Present(string id)
    {
        foreach (var _ in Squashes)
            id = Squashes.FirstOrDefault(squash => MigrationId.Equality.Equals(squash.Last, id))?.Id ?? id;
        return id;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MigrationsException">A line is invalid or a duplicate. The diagnostic has the location of that line.</exception>
    public static ApprovalsFile Read(string path)
    {
        try
        {
            return Parse(SourceText.Read(path), path);
        }
        catch (DecoderFallbackException failure)
        {
            throw Broken("it isn't UTF-8 text", new Location(path), failure);
        }
    }

    /// <summary>Whether a file that can't be read is an approvals file that was edited or merged.</summary>
    /// <param name="path">The file.</param>
    internal static bool IsOurs(string path) => IsOurText(File.ReadAllText(path));

    /// <summary>Whether a text is an approvals file, which may have been edited or merged.</summary>
    public static bool IsOurText(string text) => text.Contains("# MigrationsBuild approvals");

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    /// <param name="path">The file, for diagnostics.</param>
    /// <exception cref="MigrationsException">See <see cref="Read"/>.</exception>
    public static ApprovalsFile Parse(string text, string path)
    {
        if (InvisibleText.Find(text) is { } character)
            throw Broken($"it contains {character}, which a reviewer can't see", Location.At(path, text, character.Offset));
        var lines = text.Split('\n');
        if (lines[0].TrimEnd() != FirstLine)
            throw Broken($"its first line isn't \"{FirstLine}\"", new Location(path, 1, 1));
        var header = new ApprovalsHeader(path);
        var approvals = new Dictionary<string, Approval>(MigrationId.Equality);
        var squashes = new List<Squash>();
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            var location = new Location(path, i + 1, 1);
            if (Squash.Parse(line, i + 1) is { } squash)
                squashes.Add(squash);
            else if (line.Length > 0 && line[0] != '#')
                Add(approvals, ParseLine(line, location), location);
            else
                header.Add(line, location);
        }

        Check(squashes, approvals, path);
        return new ApprovalsFile(
            header["context"], header["assembly"], header["provider"], header["history"],
            [.. approvals.Values.OrderBy(approval => approval.Id, MigrationId.Order)])
        {
            _lines = header.Lines,
            Formerly = header.List("formerly"),
            Squashes = squashes,
        };
    }

    /// <summary>The line number of a value in the header, from 1; 0 for a new file.</summary>
    /// <param name="name">The name of the value: <c>context</c>, <c>assembly</c>, <c>provider</c>, <c>history</c>.</param>
    public int LineOf(string name) => _lines.TryGetValue(name, out var line) ? line : 0;

    /// <summary>The content of the file.</summary>
    public string ToText()
    {
        var text = new StringBuilder()
            .Append(FirstLine).Append('\n')
            .Append("# context: ").Append(Context).Append('\n')
            .Append(Formerly.Count == 0 ? "" : $"# formerly: {string.Join(", ", Formerly)}\n")
            .Append("# assembly: ").Append(MigrationsAssembly).Append('\n')
            .Append("# provider: ").Append(Provider).Append('\n')
            .Append("# history: ").Append(HistoryTable).Append('\n')
            .Append(Columns).Append('\n');
        foreach (var approval in Approvals.OrderBy(approval => approval.Id, MigrationId.Order))
        {
            text.Append(approval.Id).Append(' ').Append(approval.Previous).Append(' ').Append(approval.UpHash).Append(' ')
                .Append(approval.DownHash).Append(' ').Append(approval.SourceHash)
                .Append(approval.IsVerified ? $" {Verified} {approval.Assertions}".TrimEnd() : "")
                .Append(approval.Accepted.Count == 0 ? "" : $" {Accepts} {Acceptance.Write(approval.Accepted)}").Append('\n');
            text.Append(FindSquash(approval.Id) is { } squash ? $"{squash}\n" : "");
        }

        foreach (var squash in Squashes.Where(squash => Find(squash.Id) is null))
            text.Append(squash).Append('\n');

        return text.ToString();
    }

    /// <summary>The approval of a line; <see langword="null"/> if it is another line.</summary>
    public static Approval? ParseLine(string line)
    {
        var parts = line.Trim().Split([$" {Accepts} "], 2, StringSplitOptions.None);
        IReadOnlyList<Acceptance>? accepted = parts.Length == 1 ? [] : Acceptance.Parse(parts[1]);
        var fields = parts[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is < 5 or > 7
            || (fields.Length > 5 && fields[5] != Verified)
            || (fields.Length == 7 && !ContentHash.IsHash(fields[6]))
            || accepted is null
            || !MigrationId.IsUsable(fields[0])
            || !(ContentHash.IsHash(fields[2]) || fields[2] == Approval.None && fields[3] == Approval.Irreversible)
            || !(ContentHash.IsHash(fields[3]) || fields[3] == Approval.Irreversible)
            || !ContentHash.IsHash(fields[4]))
        {
            return null;
        }

        return new Approval(fields[0], fields[1], fields[2], fields[3], fields[4])
        {
            IsVerified = fields.Length > 5,
            Assertions = fields.Length == 7 ? fields[6] : "",
            Accepted = accepted,
        };
    }

    private static Approval ParseLine(string line, Location location)
    {
        if (line.StartsWith("<<<<<<<", StringComparison.Ordinal) || line.StartsWith("=======", StringComparison.Ordinal)
            || line.StartsWith(">>>>>>>", StringComparison.Ordinal) || line.StartsWith("|||||||", StringComparison.Ordinal))
        {
            throw Broken("it contains a merge conflict. Keep the lines of both branches", location);
        }

        return ParseLine(line) is { } approval
            ? approval with { Line = location.Line }
            : throw Broken($"this line isn't of the form \"{Columns.Substring(2)}\"", location);
    }

    private static void Add(Dictionary<string, Approval> approvals, Approval approval, Location location)
    {
        if (approvals.ContainsKey(approval.Id))
            throw Broken($"it approves {approval.Id} twice. Delete one of the lines", location);
        approvals.Add(approval.Id, approval);
    }

    /// <summary>A migration is replaced once, and isn't approved any more.</summary>
    private static void Check(List<Squash> squashes, Dictionary<string, Approval> approvals, string path)
    {
        var (ids, replaced) = (new HashSet<string>(MigrationId.Equality), new HashSet<string>(MigrationId.Equality));
        foreach (var squash in squashes)
        {
            var location = new Location(path, squash.Line, 1);
            if (!ids.Add(squash.Id))
                throw Broken($"it lists twice what {squash.Id} replaces. Delete one of the lines", location);
            if (squash.Replaced.FirstOrDefault(id => !replaced.Add(id)) is { } twice)
                throw Broken($"{twice} is replaced twice. Delete one of the lines", location);
            if (squash.Replaced.FirstOrDefault(approvals.ContainsKey) is { } approved)
                throw Broken($"{approved} is approved and replaced. Delete one of the lines", location);
        }
    }

    private static MigrationsException Broken(string why, Location location, Exception? inner = null) =>
        new(DiagnosticCodes.BrokenApprovals, $"The approvals file can't be read: {why}.", _fix, location, inner);

    /// <summary>The header of the file. Other lines that begin with <c>#</c> are comments.</summary>
    private sealed class ApprovalsHeader(string path)
    {
        private static readonly string[] _names = ["context", "formerly", "assembly", "provider", "history"];
        private readonly Dictionary<string, string> _values = [];
        private readonly Dictionary<string, int> _lines = [];

        public IReadOnlyDictionary<string, int> Lines => _lines;

        public string this[string name] => _values.TryGetValue(name, out var value)
            ? value
            : throw Broken($"its header has no line \"# {name}: …\"", new Location(path, 1, 1));

        /// <summary>The values of a list; empty if the header has no such line.</summary>
        public string[] List(string name) =>
            _values.TryGetValue(name, out var value) ? value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) : [];

        public void Add(string line, Location location)
        {
            if (Array.Find(_names, name => line.StartsWith($"# {name}: ", StringComparison.Ordinal)) is not { } name)
                return;
            if (_values.ContainsKey(name))
                throw Broken($"its header has two lines \"# {name}: …\". Delete one of them", location);
            _values[name] = line.Substring(name.Length + 4);
            _lines[name] = location.Line;
        }
    }
}
