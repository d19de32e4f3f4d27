using System.Globalization;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Model;

/// <summary>Describes new and changed sequences in the database's terms.</summary>
internal sealed class SequenceDescriber(DatabaseSyntax syntax)
{
    /// <summary>A new sequence: <c>"Numbers" integer from 1 by 10, maximum 99, cyclic</c>.</summary>
    public string Describe(CreateSequenceOperation sequence)
    {
        var type = sequence.ClrType is null || sequence.ClrType == typeof(long) ? null : syntax.TypeOf(sequence.ClrType);
        return $"{syntax.Name(sequence.Name, sequence.Schema)}{(type is null ? "" : $" {type}")}"
            + $" from {sequence.StartValue} by {sequence.IncrementBy}"
            + OperationDetail.Describe([.. Limits(null, sequence), .. AnnotationDescriptions.Of(sequence)]);
    }

    /// <summary>The changes of a sequence: <c>increment 1 to 2, maximum 99</c>.</summary>
    public static string Describe(AlterSequenceOperation sequence)
    {
        var old = sequence.OldSequence;
        return OperationDetail.DescribeChanges([
            new("increment", Text(old.IncrementBy), Text(sequence.IncrementBy)),
            .. Limits(old, sequence),
            .. AnnotationDescriptions.Between(old, sequence)]);
    }

    private static IEnumerable<OperationDetail> Limits(SequenceOperation? old, SequenceOperation sequence) =>
    [
        new("minimum", Text(old?.MinValue), Text(sequence.MinValue)),
        new("maximum", Text(old?.MaxValue), Text(sequence.MaxValue)),
        new("cyclic", old?.IsCyclic == true ? "" : null, sequence.IsCyclic ? "" : null),
    ];

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
