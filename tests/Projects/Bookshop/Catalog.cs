using Bookshop.Models;
using Microsoft.EntityFrameworkCore;

namespace Bookshop;

/// <summary>What every shop starts with.</summary>
internal static class Catalog
{
    public static void Seed(ModelBuilder model)
    {
        model.Entity<Genre>().HasData(
            new Genre { Id = 1, Name = "Novel", Description = "Long; written in prose -- always." },
            new Genre { Id = 2, Name = "Children's", Description = "It's for those who say \"again!\"" },
            new Genre { Id = 3, Name = "Manual", Description = "C:\\Program Files\\Docs, 'quoted', and a trailing \\" },
            new Genre { Id = 4, Name = "Poetry", Description = "First line,\nsecond line;\n\n\tand one set in.\n" },
            new Genre { Id = 5, Name = "Роман — 小説 📚", Description = "e\u0301 isn't é, says the \u201Cunicode\u201D consortium" },
            new Genre { Id = 6, Name = "SQL", Description = "'); DROP TABLE \"Books\"; --" },
            new Genre { Id = 7, Name = "Shell", Description = "echo $$ /* $body$ isn't closed */ :name @p0 {0}\r\nexit" },
            new Genre { Id = 9, Name = "Other", Description = "What isn't sorted;\nor can't be." });

        model.Entity<Publisher>().HasData(
            new Publisher { Id = 1, Name = "Einaudi", City = "Torino" },
            new Publisher { Id = 2, Name = "O'Reilly", City = "Sebastopol" });

        model.Entity<Author>().HasData(
            new Author { Id = 1, Name = "Natalia Ginzburg" },
            new Author { Id = 2, Name = "Brian O'Nolan (\"Flann O'Brien\")" },
            new Author { Id = 3, Name = "Astrid Lindgren" });

        model.Entity<Book>().HasData(
            new Book
            {
                Id = 1,
                Title = "Lessico famigliare",
                Isbn13 = "978-88-06-17960-1",
                Price = 12.50m,
                Format = BookFormat.Hardcover,
                PublishedOn = new DateOnly(1963, 4, 1),
                AuthorId = 1,
                PublisherId = 1,
            },
            new Book
            {
                Id = 2,
                Title = "At Swim-Two-Birds",
                Isbn13 = "978-1-56478-181-9",
                Price = 9.90m,
                Format = BookFormat.EBook,
                PublishedOn = new DateOnly(1939, 3, 13),
                AuthorId = 2,
            },
            new Book { Id = 3, Title = "Pippi Långstrump går ombord", Price = 7.99m, Format = BookFormat.Hardcover, AuthorId = 3 });

        model.Entity<StockItem>().HasData(
            new StockItem
            {
                Id = 1,
                BookId = 1,
                Shelf = "A1",
                Quantity = 3,
                UnitCost = 7.25m,
                Tags = ["new", "it's", "a \"b\", {c}"],
                WeeklySales = [2, 0, 1],
                Labels = """{"colour": "bl'ue", "path": "C:\\x", "n": null}""",
            },
            new StockItem { Id = 2, BookId = 3, Shelf = "reader's; desk", Quantity = 0, UnitCost = 4m, Tags = [] });

        model.Entity<StockMovement>().HasData(
            new StockMovement { Number = 5, StockItemId = 1, Reason = MovementReason.Sale, Quantity = 1 });
    }
}
