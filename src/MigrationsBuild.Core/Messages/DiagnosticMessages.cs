using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Messages;

/// <summary>Diagnostics as messages between processes.</summary>
public static class DiagnosticMessages
{
    private const string LocationPrefix = "location.";
    private const string RelatedPrefix = "related.";
    private const string HintField = "hint";
    private const string VerbField = "verb";

    /// <summary>The diagnostic as a message.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="name">The name of the message.</param>
    public static MessageLine ToMessage(this Diagnostic diagnostic, string name)
    {
        return new MessageLine(name)
            .With("code", diagnostic.Code.Id)
            .With("text", diagnostic.Message)
            .With("severity", diagnostic.Severity?.ToString())
            .With("accepted", diagnostic.IsAccepted)
            .WithRecord(diagnostic.Location, LocationPrefix)
            .WithRecord(diagnostic.Related, RelatedPrefix)
            .With(diagnostic.Hints);
    }

    /// <summary>Reads a diagnostic.</summary>
    /// <param name="message">A message that <see cref="ToMessage"/> created.</param>
    public static Diagnostic ToDiagnostic(this MessageLine message)
    {
        return new Diagnostic(DiagnosticCodes.Find(message["code"]), message["text"], message.FindRecord<Location>(LocationPrefix))
        {
            Severity = message.Find("severity") is { } severity ? (Severity)Enum.Parse(typeof(Severity), severity) : null,
            IsAccepted = message.Has("accepted"),
            Related = message.FindRecord<RelatedLocation>(RelatedPrefix),
            Hints = message.Hints(),
        };
    }

    /// <summary>Adds hints, each as a message within the message.</summary>
    public static MessageLine With(this MessageLine message, IEnumerable<Hint> hints)
    {
        foreach (var hint in hints)
        {
            var line = new MessageLine(hint.LeadIn).With(VerbField, hint.Verb?.Name);
            foreach (var argument in hint.Arguments)
                line.With(argument.Property, argument.Value);
            message.With(HintField, line.ToString());
        }

        return message;
    }

    /// <summary>The hints of a message, without those for a verb that only another version has.</summary>
    public static IReadOnlyList<Hint> Hints(this MessageLine message) =>
    [
        .. message.All(HintField).Select(MessageLine.Parse)
            .Where(line => line.Find(VerbField) is not { } verb || VerbTable.Find(verb) is not null)
            .Select(line => new Hint(
                line.Name,
                line.Find(VerbField) is { } verb ? VerbTable.Find(verb) : null,
                line.Fields.Where(field => field.Name != VerbField)
                    .Aggregate(Arguments.None, (arguments, field) => arguments.With(field.Name, field.Value)))),
    ];
}
