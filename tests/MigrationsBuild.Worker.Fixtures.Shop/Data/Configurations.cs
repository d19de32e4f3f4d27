using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Domain.Models;

namespace Shop.Data;

internal abstract class EntityConfiguration<T> : IEntityTypeConfiguration<T>
    where T : Entity
{
    protected virtual string KeyPrefix => "PK_";

    public void Configure(EntityTypeBuilder<T> builder)
    {
        builder.HasKey(row => row.Id).HasName(KeyPrefix + typeof(T).Name);
        ConfigureRest(builder);
    }

    protected abstract void ConfigureRest(EntityTypeBuilder<T> builder);
}

internal sealed class CustomerConfiguration : EntityConfiguration<Customer>
{
    protected override void ConfigureRest(EntityTypeBuilder<Customer> builder)
    {
        builder.OwnsOne(customer => customer.Address, address =>
        {
            address.Property(value => value.Street).HasMaxLength(120).HasColumnName("Street");
            address.Property(value => value.City).HasColumnName("City");
            address.Property(value => value.Country).HasMaxLength(2).IsFixedLength().HasDefaultValue(Countries.Default);
        });
        builder.Property(customer => customer.Tier).HasConversion<string>().HasMaxLength(16);
        builder.ToTable(table => table.HasCheckConstraint("CK_Tier", EnumCheck.Of<CustomerTier>("Tier")));
        builder.HasIndex(customer => customer.Email).IsUnique();
    }
}

internal sealed class OrderConfiguration : EntityConfiguration<Order>
{
    protected override string KeyPrefix => "PrimaryKey_";

    protected override void ConfigureRest(EntityTypeBuilder<Order> builder)
    {
        builder.Property(order => order.Number).HasMaxLength(30);
        builder.Property(order => order.State).HasDefaultValue(OrderState.New).HasComment(StateComment(OrderState.New));
        builder.HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(order => order.Lines).HasField("_lines");
        builder.HasOne(order => order.Customer).WithMany(customer => customer.Orders).OnDelete(DeleteBehavior.Restrict);
    }

    private static string StateComment(OrderState state) => state switch
    {
        OrderState.New => "New orders aren't paid.",
        OrderState.Paid => "paid",
        _ => "",
    };
}

internal sealed class ProductConfiguration : EntityConfiguration<Product>
{
    protected override void ConfigureRest(EntityTypeBuilder<Product> builder)
    {
        builder.Property(product => product.Sku).HasConversion(sku => sku.ToUpperInvariant(), text => Skus.Normalize(text));
        builder.HasMany(product => product.Reviews).WithOne().HasForeignKey(review => review.ProductId);
        builder.ToTable(table => table.HasCheckConstraint("CK_Price", $"\"Price\" >= {Skus.LowestPrice}"));
    }
}

internal sealed class ReviewConfiguration : EntityConfiguration<Review>
{
    protected override void ConfigureRest(EntityTypeBuilder<Review> builder)
    {
        var allowed = string.Join(", ", Limits.Ratings);
        builder.ToTable("Ratings", table => table.HasCheckConstraint("CK_Stars", $"\"Stars\" IN ({allowed})"));
    }
}

internal static class EnumCheck
{
    public static string Of<T>(string column)
        where T : struct, Enum
    {
        var values = new List<string>();
        foreach (var name in Enum.GetNames<T>())
            values.Add($"'{name}'");
        return $"\"{column}\" IN ({string.Join(", ", values)})";
    }
}

internal static class Skus
{
    public static readonly int LowestPrice = Compute(2);

    public static string Normalize(string sku) => sku.Trim();

    public static bool IsValid(string sku)
    {
        if (sku.Length is < 3 or > 20)
            return false;
        foreach (var c in sku)
        {
            if (!char.IsLetterOrDigit(c) && c != '-')
                return false;
        }

        return true;
    }

    private static int Compute(int factor) => factor * 0;
}
