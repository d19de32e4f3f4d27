namespace Bookshop.Models;

public class Publisher
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required string City { get; set; }
}
