using Bookshop.Models;
using Microsoft.EntityFrameworkCore;

namespace Bookshop;

public class BookshopContext : DbContext
{
    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Book> Books => Set<Book>();

    public DbSet<Genre> Genres => Set<Genre>();

    public DbSet<Publisher> Publishers => Set<Publisher>();

    public DbSet<Reader> Readers => Set<Reader>();

    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<StockMovement> StockMovements => Set<StockMovement>();

    public DbSet<ShelfValue> ShelfValues => Set<ShelfValue>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(
        Environment.GetEnvironmentVariable("BOOKSHOP_CONNECTION") ?? "Host=127.0.0.1;Database=bookshop",
        postgres => postgres
            .MapEnum<BookFormat>("book_format")
            .MapEnum<MovementReason>("movement_reason", "warehouse"));

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasPostgresEnum<BookFormat>(name: "book_format");
        model.HasPostgresEnum<MovementReason>("warehouse", "movement_reason");
        model.HasPostgresExtension("citext");
        model.HasPostgresExtension("pg_trgm");
        model.HasSequence<long>("movement_numbers", "warehouse").StartsAt(1000).IncrementsBy(5);

        model.Entity<Author>(author =>
        {
            author.Property(a => a.Name).HasMaxLength(200);
        });

        model.Entity<Book>(book =>
        {
            book.Property(b => b.Title).HasMaxLength(400);
            book.Property(b => b.Isbn13).HasMaxLength(17);
            book.Property(b => b.Price).HasPrecision(10, 2);
            book.Property(b => b.Format).HasDefaultValue(BookFormat.Paperback);
            book.HasIndex(b => b.Isbn13).IsUnique();
            book.HasIndex(b => b.PublishedOn).IsDescending();
            book.HasIndex(b => b.Title).HasMethod("gin").HasOperators("gin_trgm_ops").IsCreatedConcurrently();
        });

        model.Entity<Genre>(genre =>
        {
            genre.Property(g => g.Name).HasMaxLength(60);
            genre.HasIndex(g => g.Name).IsUnique();
        });

        model.Entity<Publisher>(publisher =>
        {
            publisher.Property(p => p.Name).HasComment("As it stands on the title page; the city's name isn't part of it.");
            publisher.Property(p => p.City).HasDefaultValue("L'Aquila \\ Roma");
        });

        model.Entity<Reader>(reader =>
        {
            reader.Property(r => r.Id).HasDefaultValueSql("gen_random_uuid()");
            reader.Property(r => r.Email).HasColumnType("citext");
            reader.Property(r => r.JoinedAt).HasDefaultValueSql("now()");
            reader.OwnsOne(r => r.Address, address => address.ToJson());
            reader.HasIndex(r => r.Email).IsUnique();
        });

        model.Entity<StockItem>(item =>
        {
            item.ToTable("Stock", "warehouse", table =>
            {
                table.HasCheckConstraint("CK_Stock_Quantity", "\"Quantity\" >= 0");
                table.HasCheckConstraint("CK_Stock_Shelf", @"""Shelf"" ~ '^[A-Z]\d+$' OR ""Shelf"" = 'reader''s; desk'");
                table.HasComment("What lies where.\nCounted on Fridays; \"Value\" is computed.");
            });
            item.Property(i => i.UnitCost).HasPrecision(10, 2);
            item.Property(i => i.Value).HasComputedColumnSql("\"Quantity\" * \"UnitCost\"", stored: true);
            item.Property(i => i.Tags).HasDefaultValueSql("ARRAY['new','it''s']::text[]");
            item.Property(i => i.Labels).HasColumnType("jsonb").HasDefaultValue("{}");
            item.HasIndex(i => i.Tags).HasMethod("gin");
            item.HasIndex(i => new { i.BookId, i.Shelf }).IsUnique().IncludeProperties(i => i.Quantity).HasFilter("\"Quantity\" > 0");
        });

        model.Entity<StockMovement>(movement =>
        {
            movement.ToTable("StockMovements", "warehouse");
            movement.HasKey(m => m.Number);
            movement.Property(m => m.Number).HasDefaultValueSql("nextval('warehouse.movement_numbers')");
        });

        model.Entity<ShelfValue>().ToView("shelf_values", "warehouse").HasNoKey();

        Catalog.Seed(model);
    }
}
