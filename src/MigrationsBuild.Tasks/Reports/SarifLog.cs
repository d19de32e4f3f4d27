using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;

namespace MigrationsBuild.Tasks.Reports;

// The part of SARIF 2.1.0 that findings need: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Null values are not
// written.

/// <summary>A log with one run.</summary>
[DataContract]
internal sealed class SarifLog(SarifRun run)
{
    [DataMember(Name = "$schema", Order = 0)]
    public string Schema { get; private set; } = "https://json.schemastore.org/sarif-2.1.0.json";

    [DataMember(Name = "version", Order = 1)]
    public string Version { get; private set; } = "2.1.0";

    [DataMember(Name = "runs", Order = 2)]
    public SarifRun[] Runs { get; private set; } = [run];

    /// <summary>The log as JSON, indented.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = JsonReaderWriterFactory.CreateJsonWriter(stream, new UTF8Encoding(false), ownsStream: false, indent: true))
            new DataContractJsonSerializer(typeof(SarifLog)).WriteObject(writer, this);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}

/// <summary>The findings of one check.</summary>
[DataContract]
internal sealed class SarifRun(SarifTool tool, SarifBaseIds bases, SarifResult[] results)
{
    [DataMember(Name = "tool", Order = 0)]
    public SarifTool Tool { get; private set; } = tool;

    [DataMember(Name = "columnKind", Order = 1)]
    public string ColumnKind { get; private set; } = "utf16CodeUnits";

    [DataMember(Name = "originalUriBaseIds", Order = 2)]
    public SarifBaseIds BaseIds { get; private set; } = bases;

    [DataMember(Name = "results", Order = 3)]
    public SarifResult[] Results { get; private set; } = results;
}

/// <summary>The base of relative URIs.</summary>
[DataContract]
internal sealed class SarifBaseIds(string root)
{
    /// <summary>The conventional name of the repository's root.</summary>
    public const string SourceRoot = "%SRCROOT%";

    [DataMember(Name = SourceRoot)]
    public SarifArtifact Root { get; private set; } = new(root, null);
}

/// <summary>The tool that produced the run.</summary>
[DataContract]
internal sealed class SarifTool(string version, SarifRule[] rules)
{
    [DataMember(Name = "driver")]
    public SarifDriver Driver { get; private set; } = new(version, rules);
}

/// <summary>This package.</summary>
[DataContract]
internal sealed class SarifDriver(string version, SarifRule[] rules)
{
    [DataMember(Name = "name", Order = 0)]
    public string Name { get; private set; } = "MigrationsBuild";

    [DataMember(Name = "version", Order = 1)]
    public string Version { get; private set; } = version;

    [DataMember(Name = "rules", Order = 2)]
    public SarifRule[] Rules { get; private set; } = rules;
}

/// <summary>A diagnostic code.</summary>
[DataContract]
internal sealed class SarifRule(string id, string title, SarifText? help)
{
    [DataMember(Name = "id", Order = 0)]
    public string Id { get; private set; } = id;

    [DataMember(Name = "shortDescription", Order = 1)]
    public SarifText Description { get; private set; } = new(title, null);

    [DataMember(Name = "help", Order = 2, EmitDefaultValue = false)]
    public SarifText? Help { get; private set; } = help;
}

/// <summary>A text, optionally also as Markdown.</summary>
[DataContract]
internal sealed class SarifText(string text, string? markdown)
{
    [DataMember(Name = "text", Order = 0)]
    public string Text { get; private set; } = text;

    [DataMember(Name = "markdown", Order = 1, EmitDefaultValue = false)]
    public string? Markdown { get; private set; } = markdown;
}

/// <summary>A finding.</summary>
[DataContract]
internal sealed class SarifResult(
    string rule, int ruleIndex, string level, string text, SarifLocation location, SarifRelatedLocation? related)
{
    [DataMember(Name = "ruleId", Order = 0)]
    public string RuleId { get; private set; } = rule;

    [DataMember(Name = "ruleIndex", Order = 1)]
    public int RuleIndex { get; private set; } = ruleIndex;

    [DataMember(Name = "level", Order = 2)]
    public string Level { get; private set; } = level;

    [DataMember(Name = "message", Order = 3)]
    public SarifText Message { get; private set; } = new(text, null);

    [DataMember(Name = "locations", Order = 4)]
    public SarifLocation[] Locations { get; private set; } = [location];

    [DataMember(Name = "relatedLocations", Order = 5, EmitDefaultValue = false)]
    public SarifRelatedLocation[]? RelatedLocations { get; private set; } = related is null ? null : [related];
}

/// <summary>The location of a finding.</summary>
[DataContract]
internal sealed class SarifLocation(SarifPhysicalLocation location)
{
    [DataMember(Name = "physicalLocation")]
    public SarifPhysicalLocation PhysicalLocation { get; private set; } = location;
}

/// <summary>A second location of a finding, to which the finding's text has a link.</summary>
[DataContract]
internal sealed class SarifRelatedLocation(SarifPhysicalLocation location, string text)
{
    /// <summary>The id of the location. A link with this target leads to it.</summary>
    public const int LinkTarget = 1;

    [DataMember(Name = "id", Order = 0)]
    public int Id { get; private set; } = LinkTarget;

    [DataMember(Name = "physicalLocation", Order = 1)]
    public SarifPhysicalLocation PhysicalLocation { get; private set; } = location;

    [DataMember(Name = "message", Order = 2)]
    public SarifText Message { get; private set; } = new(text, null);
}

/// <summary>A file, and a position in it.</summary>
[DataContract]
internal sealed class SarifPhysicalLocation(SarifArtifact file, SarifRegion? region)
{
    [DataMember(Name = "artifactLocation", Order = 0)]
    public SarifArtifact File { get; private set; } = file;

    [DataMember(Name = "region", Order = 1, EmitDefaultValue = false)]
    public SarifRegion? Region { get; private set; } = region;
}

/// <summary>A file's URI, absolute or relative to a base.</summary>
[DataContract]
internal sealed class SarifArtifact(string uri, string? baseId)
{
    [DataMember(Name = "uri", Order = 0)]
    public string Uri { get; private set; } = uri;

    [DataMember(Name = "uriBaseId", Order = 1, EmitDefaultValue = false)]
    public string? BaseId { get; private set; } = baseId;
}

/// <summary>Line and column, from 1.</summary>
[DataContract]
internal sealed class SarifRegion(int line, int column)
{
    [DataMember(Name = "startLine", Order = 0)]
    public int Line { get; private set; } = line;

    [DataMember(Name = "startColumn", Order = 1, EmitDefaultValue = false)]
    public int Column { get; private set; } = column;
}
