"""Words that a report uses, and what one run cannot tell."""

GLOSSARY = (
    ("coins", "The money of the simulated world; prices do not rise by themselves."),
    (
        "month 0",
        "The first month under the firms' own policies. Before it all firms are alike and neutral for a "
        "while, so that customers, staff and suppliers have a history.",
    ),
    (
        "R, value for money",
        "What a service was worth to the customer, over all that it paid, fees included. Below 1 the "
        "customer would have done better without; from 2 on it is cheap at double the price.",
    ),
    (
        "kept a year, annual retention",
        "Share of the customers of a year ago who are still with the firm. Who moved away is left out.",
    ),
    (
        "survival",
        "Share of those won in a year who are still there one, two, three ... months later.",
    ),
    (
        "neutral terms, shifted-beta-geometric law",
        "People differ in how readily they leave whatever a firm does. If nothing else mattered, survival "
        "would follow the dashed line, which published studies find for subscriptions (Fader and Hardie "
        "2007).",
    ),
    (
        "main cause",
        "Each leaver's decision is repeated with the same luck, leaving out one reason at a time. Reasons "
        "without which it would have stayed are causes; the strongest is the main one. Where nothing of that "
        "kind would have kept it, it would have left anyway.",
    ),
    (
        "relationship and bonds",
        "Six bonds, each from 0 to 1, carry a relationship: abundance (help beyond what was asked), trust "
        "(promises kept), dreams (a shared direction), truth (claims are met), balance (a fair split), grace "
        "(warmth).",
    ),
    (
        "satisfaction, morale",
        "How content customers are with the firm (-1 to 1), and how spirited its staff (0 to 1).",
    ),
    (
        "customer equity",
        "What a firm's customers are worth to it: the margins that it can expect of them as long as they "
        "stay, discounted. At margins that can last means without hidden fees, prices walked up on the "
        "loyal, and squeezed suppliers, which inflate the plain figure for a while.",
    ),
    (
        "temptation, lever of exploitation",
        "A way to gain now by taking it from somebody: hidden fees, raising prices on the loyal, cutting "
        "quality, squeezing suppliers or wages, pressing staff to sell. Managers weigh what it pays them "
        "against the damage that they believe it does.",
    ),
    ("seed", "The number from which all chance of a run follows. Same seed and same settings, same run."),
)

LIMITS = (
    "It is one seed. A difference between firms may be luck; run the same market with several seeds and look "
    "at the spread before believing it.",
    "It compares unlike firms with each other. That one firm did better does not say which of its policies "
    "did it: for that, run two worlds with the same luck that differ in one policy.",
    "What one firm wins another may lose. A firm's success says nothing yet about the market as a whole.",
    "Every number rests on assumptions. Some are published findings, many are not; above all what managers "
    "believe about the damage of exploitation has no published source.",
    "The world ends at the market's edge: people's other lives, politics and technology are not in it.",
)
