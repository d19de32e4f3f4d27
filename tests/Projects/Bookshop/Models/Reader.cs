namespace Bookshop.Models;

public class Reader
{
    public Guid Id { get; set; }

    public required string Email { get; set; }

    public BookFormat? Prefers { get; set; }

    public DateTime JoinedAt { get; set; }

    public Address? Address { get; set; }
}
