using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Shop.Domain.Models;

namespace Shop.Data;

public sealed class MoneyConverter() : ValueConverter<Money, string>(money => money.ToString(), text => Money.Parse(text), Hints)
{
    private static readonly ConverterMappingHints Hints = new(size: 40, unicode: false);
}

/// <summary>Notes who saves.</summary>
public sealed class SavingInterceptor(TimeProvider clock) : SaveChangesInterceptor
{
    private int _saved;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<Order>())
        {
            if (entry.Entity.CreatedBy is null)
                entry.Entity.CreatedBy = "system at " + clock.GetUtcNow();
            _saved++;
        }

        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }
}

internal static class CategorySeeds
{
    public static Category[] Read()
    {
        using var stream = typeof(CategorySeeds).Assembly.GetManifestResourceStream("Shop.Seeds.categories.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    private static Category Parse(string line)
    {
        var fields = line.Split(';');
        return new Category
        {
            Id = int.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture),
            Title = fields[1],
            ParentId = fields[2] is { Length: > 0 } parent ? int.Parse(parent, System.Globalization.CultureInfo.InvariantCulture) : null,
        };
    }
}
