namespace Bookshop.Models;

public class Book
{
    public int Id { get; set; }

    public required string Title { get; set; }

    public string? Subtitle { get; set; }

    public string? Isbn13 { get; set; }

    public decimal Price { get; set; }

    public BookFormat Format { get; set; }

    public DateOnly? PublishedOn { get; set; }

    public int AuthorId { get; set; }

    public Author? Author { get; set; }

    public int? PublisherId { get; set; }

    public Publisher? Publisher { get; set; }
}
