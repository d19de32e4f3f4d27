using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Where types and members stand in the source: the portable PDB's sequence points lead to the file, the name in the text to line
/// and column.
/// </summary>
/// <param name="request">The request; its source roots map the paths of a deterministic build back.</param>
internal sealed class SourceMap(WorkerRequest request)
{
    private readonly Dictionary<string, MetadataReader?> _pdbs = [];
    private readonly Dictionary<string, string[]> _lines = [];

    /// <summary>The place of a property's or field's name, or of a method's first line; of the class, if the member itself leaves no trace in the PDB.</summary>
    /// <param name="member">The member.</param>
    /// <returns>The place, or <see langword="null"/> without PDB.</returns>
    public Place? PlaceOf(MemberInfo member)
    {
        if (member is MethodBase code)
            return SequencePoint(code);
        var method = (member as PropertyInfo)?.GetMethod;
        if (method is not null && SequencePoint(method) is { } point)
            return NameAbove(point, member.Name) ?? point;
        return member.DeclaringType is { } type
            ? Declaration(type, $@"(?<=[\w>\]?)]\s+){Regex.Escape(member.Name)}\s*(;|=|{{|\()") ?? PlaceOf(type)
            : null;
    }

    /// <summary>The place of a class's name.</summary>
    /// <param name="type">The class.</param>
    /// <returns>The place, or <see langword="null"/> without PDB.</returns>
    public Place? PlaceOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return Declaration(type, $@"(?<=\b(class|record|struct|interface)\s+){Regex.Escape(name)}\b") ?? MethodsOf(type).Select(SequencePoint).FirstOrDefault(point => point is not null);
    }

    /// <summary>The location of a stack frame, if its assembly has a PDB.</summary>
    /// <param name="frame">The frame.</param>
    public Place? PlaceOf(StackFrame? frame) => frame?.GetFileName() is { } file
        ? new Place(RealPath(file), frame.GetFileLineNumber(), frame.GetFileColumnNumber())
        : null;

    /// <summary>The file that a method stands in, or <see langword="null"/> if it isn't known or isn't there.</summary>
    /// <param name="method">The method.</param>
    public string? FileOf(MethodBase? method) =>
        method is not null && SequencePoint(method)?.File is { } file && File.Exists(file) ? file : null;

    private Place? Declaration(Type type, string pattern)
    {
        foreach (var file in MethodsOf(type).Select(SequencePoint).Where(point => point is not null).Select(point => point!.File).Distinct())
        {
            var lines = LinesOf(file);
            for (var i = 0; i < lines.Length; i++)
            {
                if (Regex.Match(lines[i], pattern) is { Success: true } match)
                    return new Place(file, i + 1, match.Index + 1);
            }
        }

        return null;
    }

    /// <summary>
    /// The sequence point of <c>get;</c> stands behind the name, that of a body some lines below it. The name is the last such word
    /// before: the first may be its type.
    /// </summary>
    private Place? NameAbove(Place point, string name)
    {
        var lines = LinesOf(point.File);
        for (var line = Math.Min(point.Line, lines.Length); line > Math.Max(0, point.Line - 20); line--)
        {
            var text = lines[line - 1];
            if (line == point.Line)
                text = text[..Math.Min(text.Length, point.Column - 1)];
            if (Regex.Matches(text, $@"(?<![\w.]){Regex.Escape(name)}\b(?!\s*\.)").LastOrDefault() is { } match)
                return new Place(point.File, line, match.Index + 1);
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
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetProperties(declared).Select(property => property.GetMethod).OfType<MethodBase>()
            .Concat(type.GetConstructors(declared))
            .Concat(type.GetMethods(declared));
    }

    private Place? SequencePoint(MethodBase method)
    {
        if (PdbOf(method.Module.Assembly.Location) is not { } pdb)
            return null;
        var handle = ((MethodDefinitionHandle)MetadataTokens.Handle(method.MetadataToken)).ToDebugInformationHandle();
        var point = pdb.GetMethodDebugInformation(handle).GetSequencePoints().FirstOrDefault(point => !point.IsHidden);
        return point.Document.IsNil
            ? null
            : new Place(RealPath(pdb.GetString(pdb.GetDocument(point.Document).Name)), point.StartLine, point.StartColumn);
    }

    private string RealPath(string path)
    {
        foreach (var root in request.SourceRoots)
        {
            if (path.StartsWith(root.Key, StringComparison.Ordinal))
                return Path.GetFullPath(Path.Combine(root.Value, path[root.Key.Length..]));
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
            return pe.TryOpenAssociatedPortablePdb(assembly, path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _)
                ? provider!.GetMetadataReader()
                : null;
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }
}
