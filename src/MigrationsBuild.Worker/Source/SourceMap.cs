using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Source;

/// <summary>
/// Locates types and members in the source. The sequence points of the portable PDB have the file, and the name in the file's text gives
/// line and column.
/// </summary>
/// <param name="request">The request. Its source roots map the paths of a deterministic build to real ones.</param>
internal sealed class SourceMap(WorkerRequest request)
{
    private readonly Dictionary<string, MetadataReader?> _pdbs = [];
    private readonly Dictionary<string, string[]> _lines = [];

    /// <summary>
    /// The location of a property's or field's name, or of a method's first line. If the PDB has nothing about the member, it is the
    /// location of the class.
    /// </summary>
    /// <returns>The location; <see langword="null"/> without PDB.</returns>
    public Location? LocationOf(MemberInfo member)
    {
        if (member is MethodBase code)
            return SequencePoint(code);
        var method = (member as PropertyInfo)?.GetMethod;
        if (method is not null && SequencePointOf(method) is { } point)
            return NameAtEnd(point.End, member.Name) ?? NameAbove(point.Start, member.Name) ?? point.Start;
        return member.DeclaringType is { } type
            ? Declaration(type, $@"(?<=[\w>\]?)]\s+){Regex.Escape(member.Name)}\s*(;|=|{{|\()") ?? LocationOf(type)
            : null;
    }

    /// <summary>The location of a class's name.</summary>
    /// <returns>The location; <see langword="null"/> without PDB.</returns>
    public Location? LocationOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return Declaration(type, $@"(?<=\b(class|record|struct|interface)\s+){Regex.Escape(name)}\b")
            ?? SequencePoints(type).FirstOrDefault();
    }

    /// <summary>The location of a stack frame; <see langword="null"/> without PDB.</summary>
    public Location? LocationOf(StackFrame? frame) => frame?.GetFileName() is { } file
        ? new Location(RealPath(file), frame.GetFileLineNumber(), frame.GetFileColumnNumber())
        : null;

    /// <summary>The line of a stack frame that was taken without file information, which would load the PDB of every frame.</summary>
    /// <returns>The line, from 1; 0 without PDB.</returns>
    public int LineOf(StackFrame frame)
    {
        return frame.GetMethod() is { } method && PdbOf(method.Module.Assembly.Location) is { } pdb
            ? VisiblePoints(pdb, method).LastOrDefault(point => point.Offset <= frame.GetILOffset()).StartLine
            : 0;
    }

    /// <summary>The file of a method; <see langword="null"/> if it is unknown or doesn't exist.</summary>
    public string? FileOf(MethodBase? method) =>
        method is not null && SequencePoint(method)?.File is { } file && File.Exists(file) ? file : null;

    private Location? Declaration(Type type, string pattern)
    {
        foreach (var file in SequencePoints(type).Select(point => point.File).Distinct())
        {
            var lines = LinesOf(file);
            for (var i = 0; i < lines.Length; i++)
            {
                if (Regex.Match(lines[i], pattern) is { Success: true } match)
                    return new Location(file, i + 1, match.Index + 1);
            }
        }

        return null;
    }

    /// <summary>The sequence point of a record's parameter is its type and name.</summary>
    private Location? NameAtEnd(Location end, string name)
    {
        var line = LinesOf(end.File).ElementAtOrDefault(end.Line - 1) ?? "";
        return Regex.IsMatch(line[..Math.Min(line.Length, end.Column - 1)], $@"(?<![\w.]){Regex.Escape(name)}$")
            ? end with { Column = end.Column - name.Length }
            : null;
    }

    /// <summary>
    /// The sequence point of <c>get;</c> is after the name, that of a body some lines below it. The name is the last such word before it,
    /// because an earlier one may be the type.
    /// </summary>
    private Location? NameAbove(Location point, string name)
    {
        var lines = LinesOf(point.File);
        for (var line = Math.Min(point.Line, lines.Length); line > Math.Max(0, point.Line - 20); line--)
        {
            var text = lines[line - 1];
            if (line == point.Line)
                text = text[..Math.Min(text.Length, point.Column - 1)];
            if (Regex.Matches(text, $@"(?<![\w.]){Regex.Escape(name)}\b(?!\s*\.)").LastOrDefault() is { } match)
                return new Location(point.File, line, match.Index + 1);
        }

        return null;
    }

    private string[] LinesOf(string file)
    {
        if (!_lines.TryGetValue(file, out var lines))
            _lines[file] = lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        return lines;
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        return type.GetProperties(Declared).Select(property => property.GetMethod).OfType<MethodBase>()
            .Concat(type.GetConstructors(Declared))
            .Concat(type.GetMethods(Declared));
    }

    private IEnumerable<Location> SequencePoints(Type type) => MethodsOf(type).Select(SequencePoint).OfType<Location>();

    private Location? SequencePoint(MethodBase method) => SequencePointOf(method)?.Start;

    private (Location Start, Location End)? SequencePointOf(MethodBase method)
    {
        if (PdbOf(method.Module.Assembly.Location) is not { } pdb)
            return null;
        var point = VisiblePoints(pdb, method).FirstOrDefault();
        if (point.Document.IsNil)
            return null;
        var file = RealPath(pdb.GetString(pdb.GetDocument(point.Document).Name));
        return (new Location(file, point.StartLine, point.StartColumn), new Location(file, point.EndLine, point.EndColumn));
    }

    private static IEnumerable<SequencePoint> VisiblePoints(MetadataReader pdb, MethodBase method)
    {
        var handle = ((MethodDefinitionHandle)MetadataTokens.Handle(method.MetadataToken)).ToDebugInformationHandle();
        return pdb.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden);
    }

    private string RealPath(string path)
    {
        foreach (var root in request.SourceRoots)
        {
            if (path.StartsWith(root.Mapped, StringComparison.Ordinal))
                return Path.GetFullPath(Path.Combine(root.Path, path[root.Mapped.Length..]));
        }

        return path;
    }

    private MetadataReader? PdbOf(string assembly)
    {
        if (!_pdbs.TryGetValue(assembly, out var pdb))
            _pdbs[assembly] = pdb = OpenPdb(assembly);
        return pdb;
    }

    private static MetadataReader? OpenPdb(string assembly)
    {
        try
        {
            var pe = new PEReader(File.OpenRead(assembly));
            Stream? Open(string path) => File.Exists(path) ? File.OpenRead(path) : null;
            return pe.TryOpenAssociatedPortablePdb(assembly, Open, out var provider, out _) ? provider!.GetMetadataReader() : null;
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }
}
