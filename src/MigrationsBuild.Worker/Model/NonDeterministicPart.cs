using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Model;

/// <summary>Something that comes out differently each time a model is built.</summary>
/// <param name="Subject">What of the model.</param>
/// <param name="Entity">The class of the rows; <see langword="null"/> if it is no row's.</param>
/// <param name="Rows">The rows of <c>HasData</c> that hold it.</param>
/// <param name="Difference">How the second build differs, if it isn't in rows.</param>
internal sealed record NonDeterministicPart(OperationSubject Subject, Type? Entity, int Rows, MigrationOperation? Difference)
{
    /// <summary>What of the machine it depends on; nothing if it is another one each time.</summary>
    public MachineSettings DependsOn { get; init; }

    /// <summary>The finding. It shows no value of a row: a hashed password is a common one.</summary>
    /// <param name="context">The context's type.</param>
    /// <param name="describer">Says what an operation does.</param>
    /// <param name="source">Where the place comes from.</param>
    public Diagnostic ToDiagnostic(Type context, OperationDescriber describer, SourceMap source)
    {
        var (subject, place) = WithPlace(source);
        var name = NameIn(context, source);
        var rows = Rows == 1 ? "1 row" : $"{Rows} rows";
        var text = DependsOn != MachineSettings.None
            ? $"{name} depends on the machine's {(DependsOn == MachineSettings.TimeZone ? "time zone" : "culture")}{(Difference is null ? $", in {rows} of HasData" : "")}, so no migration of one machine matches the model of another. {Cure}"
            : Difference is { } difference
            ? $"{name} is configured differently each time the model is built: {describer.Describe(difference)}. No migration can match that. Configure it with a constant, or with SQL that the database computes it by"
            : $"{name} has another value each time the model is built, in {rows} of HasData. No migration can match that. "
                + $"Write it as a constant: {Constant(subject, context)}";
        return new Diagnostic(DiagnosticCodes.NonDeterministic, text, place ?? source.PlaceOf(context));
    }

    private string Cure => DependsOn == MachineSettings.TimeZone
        ? "Write it with an offset, or in UTC: new DateTimeOffset(…, TimeSpan.Zero), new DateTime(…, DateTimeKind.Utc)"
        : "Format and parse it with CultureInfo.InvariantCulture, or write it as a constant";

    /// <summary>How the row is written; an entity without a class is given as an anonymous object.</summary>
    private string Constant(OperationSubject subject, Type context) => subject.Name is { } name
        ? $"HasData(new {{ {name.Split('.')[^1]} = …, … }})"
        : $"HasData(new {OperationSubject.ShortName(Entity ?? subject.Entity ?? context)} {{ {subject.Member?.Name} = …, … }})";

    /// <summary>What a person calls it: <c>Role.ConcurrencyStamp</c>.</summary>
    /// <param name="context">The context's type.</param>
    /// <param name="source">Which classes have a place.</param>
    public string NameIn(Type context, SourceMap source) => WithPlace(source).Subject.NameIn(OperationSubject.ShortName(context));

    /// <summary>A property that a package's class declares has no place; the class derived from it has one.</summary>
    private (OperationSubject Subject, Place? Place) WithPlace(SourceMap source)
    {
        var place = Subject.Member is { } member ? source.PlaceOf(member) : Subject.Entity is { } entity ? source.PlaceOf(entity) : null;
        return place is null && Entity is not null && Subject.Member is not null
            ? (Subject with { Entity = Entity }, source.PlaceOf(Entity))
            : (Subject, place);
    }
}
