using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Shop.Data;

/// <summary>A context of another database, with a design-time factory.</summary>
public class ReportingContext(DbContextOptions<ReportingContext> options) : DbContext(options)
{
    public DbSet<Report> Reports => Set<Report>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Report>(report =>
    {
        report.Property(row => row.Period).HasConversion(new PeriodConverterFactory().Create());
        report.HasIndex(row => new { row.Title, row.Period });
        foreach (var (name, length) in new[] { ("Title", 100), ("Format", 8) })
            report.Property(name).HasMaxLength(length);
    });
}

public class Report
{
    public int Id { get; set; }

    public string Title { get; set; } = "";

    public string Format { get; set; } = "pdf";

    public Period Period { get; set; } = new(2026, 1);

    public string FileName()
    {
        var name = Title.Replace(' ', '-').ToUpperInvariant();
        return $"{name}-{Period.Year}.{Format}";
    }
}

public sealed record Period(int Year, int Month)
{
    public Period Next() => Month == 12 ? new Period(Year + 1, 1) : this with { Month = Month + 1 };
}

internal sealed class PeriodConverterFactory
{
    public Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<Period, int> Create() => new(
        period => (period.Year * 100) + period.Month,
        number => new Period(number / 100, number % 100));
}

internal sealed class ReportingFactory : IDesignTimeDbContextFactory<ReportingContext>
{
    public ReportingContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ReportingContext>();
        options.UseSqlite(ConnectionString(args), sqlite => sqlite.MigrationsHistoryTable(History.Table));
        return new ReportingContext(options.Options);
    }

    private static string ConnectionString(string[] args) =>
        args is [var name, ..] && !name.StartsWith('-') ? $"Data Source={name}.db" : "Data Source=reports.db";

    private static class History
    {
        public const string Table = "__Reports";
    }
}
