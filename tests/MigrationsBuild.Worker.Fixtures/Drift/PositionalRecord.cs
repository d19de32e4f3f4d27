using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Fixtures.Drift.PositionalRecord;

/// <summary>Parameters of records as properties. The record above has one of the same name.</summary>
public class PositionalRecordContext : UsersContext<User>
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<User>().Ignore(user => user.Invoice);
        modelBuilder.Entity<User>().ComplexProperty(user => user.Parcel);
    }
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public Billing? Invoice { get; set; }

    public Shipping Parcel { get; set; } = new("");
}

public record Billing(string Street, string Zip);
public record Shipping(string Zip);

[DbContext(typeof(PositionalRecordContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(PositionalRecordContext))]
public class Snapshot : UsersSnapshot;
