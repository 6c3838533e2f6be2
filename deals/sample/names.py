"""Common given names and surnames by culture, nicknames, and given names that look alike but are two people's."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NamePool:
    """Given names of women and men and surnames, as a country's own registers spell them."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


def _pool(women: str, men: str, surnames: str) -> NamePool:
    return NamePool(women=tuple(women.split()), men=tuple(men.split()), surnames=tuple(surnames.split()))


POOLS: dict[str, NamePool] = {
    "en": _pool(
        "Alice Amanda Amy Angela Barbara Beth Caroline Catherine Charlotte Claire Deborah Diane Donna Dorothy Eleanor "
        "Elizabeth Emily Emma Fiona Frances Gillian Grace Hannah Heather Helen Jacqueline Jennifer Jessica Joanna "
        "Judith "
        "Julie Karen Katherine Laura Lauren Leah Linda Lucy Margaret Megan Melissa Natalie Nicola Olivia Pamela "
        "Patricia "
        "Rachel Rebecca Samantha Sandra Sarah Sharon Sophie Stephanie Susan Teresa Valerie Victoria Wendy Zoe",
        "Aaron Adam Alan Albert Alexander Andrew Anthony Arthur Benjamin Charles Christopher Colin Daniel David Dennis "
        "Douglas Duncan Edward Eric Frank Gareth Gary George Graham Gregory Harold Henry Howard Hugh Ian Jack Jacob "
        "James "
        "Jeffrey Jonathan Joseph Joshua Keith Kenneth Kevin Lawrence Liam Malcolm Marcus Matthew Michael Nathan Neil "
        "Nicholas Oliver Patrick Peter Philip Raymond Richard Robert Ronald Samuel Scott Simon Stephen Stuart Thomas "
        "Timothy Walter William Zachary",
        "Abbott Acheson Alderton Armitage Ashdown Atwell Bagshaw Barlow Bassett Beaumont Beckford Birtwistle Blackwood "
        "Bosworth Bracken Bradshaw Brennan Burgess Cartwright Chadwick Chandler Clegg Colquhoun Copeland Corrigan "
        "Crawshaw Dalgleish Danvers Delaney Denholm Dixon Donnelly Drummond Dunmore Eastwood Ellery Fairclough Farrow "
        "Fenwick Finnegan Fothergill Galbraith Garside Gilchrist Goodwin Greenhalgh Haddon Halloran Hargreaves Harker "
        "Hathaway Hawthorne Heald Hollis Holroyd Ibbotson Ingram Jardine Jessop Kavanagh Kendrick Kershaw Kirkbride "
        "Langford Lattimer Lockwood Lomax Maddox Mallory Marsden Mayhew McAllister McBride McCready Meredith Metcalfe "
        "Millward Moorcroft Naylor Norcross Oakley Ormerod Osborne Pemberton Penrose Pickering Pritchard Quigley "
        "Radcliffe "
        "Ramsbottom Redfern Renshaw Ridley Rowntree Rutherford Sedgwick Shackleton Sheridan Skelton Stanhope Sutcliffe "
        "Tattersall Templeton Thackeray Thornton Tranter Treadwell Underhill Vickers Wainwright Wakefield Waverley "
        "Weatherby Whitcombe Whitlock Wilmot Winslow Woodruff Yardley",
    ),
    "us": _pool(
        "Abigail Alexis Alyssa Andrea April Ashley Brenda Brianna Brittany Carol Cheryl Christine Cynthia Danielle "
        "Denise "
        "Erica Erin Gloria Heidi Holly Jamie Janet Jasmine Jill Joyce Kayla Kelly Kimberly Kristen Latoya Lisa Marissa "
        "Michelle Monica Nancy Nicole Paige Rhonda Shannon Sheila Sierra Tamara Tanya Tiffany Tina Tracy Vanessa "
        "Whitney",
        "Austin Blake Brad Brandon Brett Brian Bruce Bryan Calvin Carl Carlos Chad Cody Corey Craig Curtis Dale Darius "
        "Derek Dustin Dwayne Earl Ethan Gerald Glenn Grant Isaac Jeremy Jerome Jesse Joel Jordan Justin Kyle Lance "
        "Leonard "
        "Logan Luis Mark Mason Mitchell Nolan Omar Paul Reggie Ross Roy Russell Ryan Sean Spencer Terrence Todd Travis "
        "Trevor Troy Tyler Vincent Wade Warren Wesley",
        "Albright Baldwin Barksdale Beasley Blanchard Boggs Bowden Braswell Brewster Bridger Brockway Burkett Caldwell "
        "Callahan Calloway Cardenas Carmichael Castellano Childress Conklin Crenshaw Culpepper Dandridge Delacroix "
        "Dillard "
        "Dougherty Eubanks Fairbanks Finley Fitzpatrick Fontaine Forrester Gallegos Gentry Goldberg Granger Grissom "
        "Guthrie "
        "Hackett Halvorsen Hendrickson Hinojosa Holcomb Hutchins Jernigan Kaplan Kessler Kowalski Lachance Landry "
        "Ledford "
        "Lindstrom Lockhart Lombardo Longoria Mayfield McClendon McIntyre Merriweather Montoya Mosley Navarro "
        "Nightingale "
        "Norwood Okafor Olsen Oquendo Padgett Patterson Pendergrass Petrovich Pettigrew Pickett Prescott Pruitt "
        "Quintero "
        "Rasmussen Reddick Rosenthal Rutledge Salazar Sandoval Santangelo Schroeder Seabrook Shapiro Slaughter "
        "Stafford "
        "Stallworth Steinberg Sturgis Swanson Talbot Thibodeaux Tillman Tolliver Trujillo Vandermeer Villanueva Vogel "
        "Wadsworth Waldron Weatherford Westbrook Whitaker Winfield Yancey Zapata Zimmerman",
    ),
    "de": _pool(
        "Andrea Anja Anke Annette Antje Astrid Bärbel Beate Bettina Birgit Brigitte Carmen Carolin Christa Christina "
        "Claudia Cornelia Dagmar Doris Elke Eva Franziska Friederike Gabriele Gisela Gudrun Heike Ilona Ines Jana "
        "Jutta Karin Katja Katrin Kerstin Kirsten Lena Luise Manuela Maria Marion Martina Melanie Monika Nadine "
        "Petra Renate "
        "Sabine Sandra Silke Simone Sonja Stefanie Susanne Tanja Ulrike Ursula Ute Vera Verena",
        "Achim Andreas Armin Axel Bernd Björn Burkhard Carsten Christian Claus Detlef Dieter Dirk Eberhard Florian "
        "Frank "
        "Friedrich Georg Gerhard Götz Günther Hannes Harald Heiko Heinz Helmut Henning Holger Ingo Jan Jens Joachim "
        "Jochen "
        "Johannes Jörg Jürgen Kai Karsten Klaus Lars Lothar Lukas Lutz Manfred Markus Martin Matthias Maximilian "
        "Michael "
        "Norbert Olaf Oliver Rainer Ralf Reinhard Rolf Rüdiger Sebastian Stefan Sven Thomas Thorsten Tobias Torsten "
        "Ulrich "
        "Uwe Volker Werner Wolfgang",
        "Ahrens Altmann Bäcker Bahr Bauer Behrens Berger Böhm Brandt Büttner Dörfler Dorn Ebert Eckert Ehlers "
        "Engelhardt "
        "Faßbender Fiedler Förster Frenzel Fröhlich Fuhrmann Gärtner Gebhardt Geiger Göbel Götze Großmann Günzel Haase "
        "Hagemann Hartwig Heinemann Hellwig Hennig Herrmann Hübner Jäger Jahnke Kästner Keßler Kirchner Klose "
        "Knauer Köhler "
        "König Krämer Kröger Krüger Kühn Kunze Lange Lehmann Lindner Löffler Lorenz Lüdtke Mädler Mertens Möller "
        "Mühlbauer "
        "Müller Naumann Neubauer Niemann Oberländer Pätzold Pohl Preuß Rademacher Reimann Reuter Röder Rößler Rühl "
        "Sauer "
        "Schäfer Scharf Schlüter Schönfeld Schröder Schubert Schulze Schütte Seidel Sommerfeld Stöhr Strauß Thiele "
        "Tiedemann "
        "Uhlig Voß Wächter Wegener Weiß Wendland Wieland Winkelmann Wölfel Zöllner",
    ),
    "fr": _pool(
        "Agathe Amélie Anaïs Aurélie Béatrice Camille Catherine Céline Chantal Claire Corinne Delphine Élodie Émilie "
        "Florence Françoise Hélène Inès Isabelle Juliette Laurence Léa Manon Mathilde Nathalie Océane Pauline Sandrine "
        "Sylvie Valérie Véronique Virginie",
        "Adrien Alain Antoine Arnaud Baptiste Benoît Cédric Christophe Clément Cyril Damien Didier Étienne Fabien "
        "Fabrice "
        "Franck François Frédéric Gaël Guillaume Hervé Jérôme Julien Laurent Loïc Ludovic Mathieu Maxime Nicolas "
        "Olivier "
        "Pascal Philippe Quentin Rémi Sébastien Stéphane Sylvain Thibault Thierry Vincent Xavier Yannick",
        "Aubert Barbier Baudry Béranger Besnard Bouchard Boulanger Bourgeois Brunet Carpentier Charpentier Chevallier "
        "Clément Cordier Daniau Delattre Deschamps Duchêne Dufour Faivre Fournier Gaillard Garnier Gauthier Grenier "
        "Guérin "
        "Hébert Jacquet Lacroix Lambert Laporte Lebrun Leclère Lefèvre Lemoine Leroux Maillard Marchand Mercier "
        "Monnier "
        "Morvan Pelletier Perrot Poirier Prévost Renaud Rivière Roussel Tessier Vasseur Vidal",
    ),
    "sv": _pool(
        "Agneta Anna Åsa Birgitta Camilla Cecilia Ebba Elin Elsa Emelie Eva Frida Gunilla Hanna Helena Ida Ingrid "
        "Jenny "
        "Johanna Karin Kerstin Kristina Lena Linnea Malin Maja Marie Monica Sanna Sofia Therese Ulrika",
        "Anders Axel Bengt Björn Christer Daniel Emil Erik Fredrik Gunnar Gustav Håkan Hans Henrik Jakob Jens Johan "
        "Jonas "
        "Kjell Lars Linus Magnus Mats Mattias Mikael Niklas Nils Olof Oskar Patrik Per Rickard Stefan Sven Tobias Ulf",
        "Åkesson Ahlgren Alm Bergström Björklund Blomqvist Dahlberg Edlund Ekström Engström Fagerström Forsberg "
        "Fransson "
        "Gustavsson Hägg Hallberg Hedlund Hellström Holmgren Isaksson Jönsson Karlsson Lagerkvist Lindahl Löfgren "
        "Lundin "
        "Månsson Nordin Nyberg Öberg Öhman Olofsson Palmgren Rosén Sandberg Sjögren Söderlund Strand Sundqvist Wallin "
        "Westerlund Wikström",
    ),
    "es": _pool(
        "Alicia Ana Ángela Beatriz Carmen Concepción Cristina Elena Eva Gloria Inés Irene Isabel Laura Lucía Marina "
        "Marta "
        "Mercedes Montserrat Noelia Nuria Patricia Pilar Raquel Rocío Rosa Silvia Sonia Teresa Yolanda",
        "Alberto Alejandro Álvaro Andrés Ángel Antonio Carlos Diego Eduardo Emilio Enrique Fernando Francisco Gonzalo "
        "Guillermo Ignacio Iván Jaime Javier Jesús Joaquín Jordi Jorge José Juan Luis Manuel Marcos Óscar Pablo "
        "Rafael Raúl "
        "Ricardo Rubén Sergio Vicente Víctor",
        "Aguilar Alonso Arias Bermúdez Blanco Caballero Cabrera Calderón Campos Cano Carrasco Castaño Cortés "
        "Delgado Domínguez "
        "Escudero Esteban Ferrer Fuentes Gallego Garrido Giménez Guerrero Herrera Hidalgo Ibáñez Iglesias León "
        "Lozano Marín "
        "Medina Méndez Molina Montero Morales Navarro Núñez Ortega Pascual Peña Prieto Ramírez Rivas Roldán Rubio "
        "Santana "
        "Serrano Suárez Vargas Velasco Vidal Zamora",
    ),
    "pl": _pool(
        "Agnieszka Aleksandra Alicja Barbara Beata Dorota Elżbieta Ewa Grażyna Hanna Iwona Joanna Julia Justyna "
        "Karolina "
        "Katarzyna Kinga Magdalena Małgorzata Marta Monika Natalia Paulina Renata Sylwia Urszula Weronika Zofia",
        "Adam Andrzej Bartosz Dariusz Dawid Filip Grzegorz Jacek Jakub Jarosław Kamil Krzysztof Leszek Łukasz "
        "Maciej Marcin "
        "Marek Mariusz Mateusz Michał Paweł Piotr Przemysław Rafał Robert Sławomir Szymon Tomasz Wojciech Zbigniew",
        "Adamczyk Baran Bąk Borkowski Chmielewski Czarnecki Duda Dudek Gajewski Głowacki Górski Jabłoński Jankowski "
        "Jaworski "
        "Kaczmarek Kalinowski Kołodziej Kozłowski Krajewski Kubiak Kwiatkowski Laskowski Lis Majewski Malinowski "
        "Mazurek "
        "Michalak Olszewski Pawlak Piątek Rutkowski Sadowski Sikora Sobczak Stępień Szczepański Szewczyk Tomczak "
        "Walczak "
        "Wilk Włodarczyk Wróbel Zając Zawadzki",
    ),
    "nl": _pool(
        "Anneke Annelies Astrid Carla Daphne Ellen Esther Femke Hanneke Ilse Ingrid Jolanda Karin Lieke Lotte "
        "Maaike Marieke "
        "Marloes Mirjam Nienke Petra Roos Saskia Sanne Silvia Tessa Willemijn Yvonne",
        "Arjen Bart Bas Coen Daan Dirk Erwin Ferdinand Gerrit Hendrik Jaap Jeroen Joost Joris Kees Koen Maarten "
        "Marcel Martijn "
        "Menno Niels Pieter Remco Rik Roel Ruud Sander Sjoerd Stijn Teun Wim Wouter",
        "Bakker Bergsma Bosman Brouwer Dekker Dijkstra Groeneveld Hartman Hendriks Hoekstra Hofman Huisman Jansen "
        "Kok Koster "
        "Kuiper Kuipers Langerak Meijer Mulder Nijhuis Oosterhuis Peeters Postma Prins Schipper Schouten Sikkema "
        "Smeets "
        "Timmermans Veenstra Verhoeven Vermeulen Visser Vos Wagenaar Wiersma Willems Zijlstra",
    ),
    "it": _pool(
        "Alessandra Alessia Arianna Beatrice Bianca Chiara Elena Elisa Federica Francesca Giorgia Giulia Ilaria "
        "Laura Letizia "
        "Martina Paola Roberta Sara Serena Silvia Valentina",
        "Alessandro Andrea Carlo Claudio Davide Diego Enrico Fabio Federico Filippo Francesco Gabriele Giacomo "
        "Giovanni "
        "Giuseppe Lorenzo Luca Marco Matteo Nicola Paolo Pietro Riccardo Roberto Simone Stefano Tommaso",
        "Amato Barbieri Basile Benedetti Bernardi Caputo Carbone Caruso Cattaneo Colombo Coppola Costantini "
        "Donati Fabbri Farina Ferrara Fontana Gatti Giordano Grasso Leone Longo Lombardi Mancini Marchetti Mariani "
        "Martinelli "
        "Montanari Moretti Neri Orlando Palumbo Parisi Pellegrini Piras Riva Sala Santoro Serra Testa Vitale Zanetti",
    ),
    "in": _pool(
        "Aditi Ananya Anjali Deepa Divya Kavita Lakshmi Meera Nandini Neha Pooja Priya Radhika Ritu Shalini Shreya "
        "Sunita Swati "
        "Usha Vidya",
        "Abhishek Ajay Amit Anand Arjun Ashok Deepak Ganesh Karthik Manoj Nikhil Pradeep Rahul Rajesh Rakesh Ravi "
        "Rohan Sandeep "
        "Sanjay Suresh Vijay Vikram Vinod",
        "Agarwal Banerjee Bhatt Chakraborty Chaudhary Desai Deshpande Ghosh Gupta Iyer Joshi Kapoor Kulkarni "
        "Malhotra Mehta "
        "Menon Mishra Mukherjee Nair Pandey Patel Pillai Rao Reddy Saxena Shah Sharma Shetty Srinivasan Subramanian "
        "Trivedi Varma",
    ),
    "tr": _pool(
        "Ayşe Aylin Burcu Büşra Derya Dilek Ebru Elif Esra Fatma Gamze Gül Hülya Merve Nur Özlem Pınar Selin Şule "
        "Tuğba Zeynep",
        "Ahmet Ali Barış Burak Can Cem Emre Erdem Ferhat Gökhan Hakan Hasan İbrahim Kemal Mehmet Murat Mustafa Oğuz "
        "Onur Orhan "
        "Serkan Tolga Tuncay Umut Volkan Yusuf",
        "Acar Akın Aksoy Aydın Balcı Bulut Çelik Çetin Demir Doğan Erdoğan Güneş Karaca Kaya Kılıç Koç Korkmaz Kurt "
        "Özdemir "
        "Özkan Öztürk Polat Şahin Şimşek Tekin Turan Uçar Yalçın Yavuz Yıldız Yılmaz",
    ),
    "zh": _pool(
        "Fang Hui Jing Lan Li Lin Mei Min Na Ning Qing Ting Xia Xin Yan Ying Yu Yun Zhen",
        "Bin Bo Chao Feng Gang Hao Hong Jian Jie Jun Kai Lei Liang Ming Peng Qiang Tao Wei Xiang Yong Zhi",
        "Cao Chen Deng Fan Gao Guo Han He Hu Huang Jiang Liang Liu Luo Ma Pan Qian Shen Song Sun Tang Wang Wu Xiao "
        "Xie Xu Yang "
        "Ye Zeng Zhang Zhao Zheng Zhou Zhu",
    ),
}

# How people are called by those who know them: formal name → short forms a colleague would type.
NICKNAMES: dict[str, tuple[str, ...]] = {
    "Alexander": ("Alex",),
    "Andrew": ("Andy", "Drew"),
    "Anthony": ("Tony",),
    "Benjamin": ("Ben",),
    "Catherine": ("Cathy",),
    "Charles": ("Charlie", "Chuck"),
    "Christopher": ("Chris",),
    "Daniel": ("Dan", "Danny"),
    "David": ("Dave",),
    "Deborah": ("Debbie",),
    "Douglas": ("Doug",),
    "Edward": ("Ed", "Ted"),
    "Elizabeth": ("Liz", "Beth"),
    "Gregory": ("Greg",),
    "James": ("Jim", "Jimmy"),
    "Jeffrey": ("Jeff",),
    "Jennifer": ("Jen", "Jenny"),
    "Jessica": ("Jess",),
    "Jonathan": ("Jon",),
    "Joseph": ("Joe",),
    "Joshua": ("Josh",),
    "Katherine": ("Kate", "Kathy"),
    "Kenneth": ("Ken",),
    "Kimberly": ("Kim",),
    "Lawrence": ("Larry",),
    "Margaret": ("Maggie", "Peggy"),
    "Matthew": ("Matt",),
    "Michael": ("Mike",),
    "Nicholas": ("Nick",),
    "Pamela": ("Pam",),
    "Patricia": ("Pat", "Trish"),
    "Patrick": ("Pat",),
    "Philip": ("Phil",),
    "Raymond": ("Ray",),
    "Rebecca": ("Becky",),
    "Richard": ("Rick", "Dick"),
    "Robert": ("Bob", "Rob"),
    "Ronald": ("Ron",),
    "Russell": ("Russ",),
    "Samantha": ("Sam",),
    "Samuel": ("Sam",),
    "Stephanie": ("Steph",),
    "Stephen": ("Steve",),
    "Susan": ("Sue",),
    "Thomas": ("Tom",),
    "Timothy": ("Tim",),
    "Victoria": ("Vicky",),
    "Vincent": ("Vince",),
    "William": ("Bill", "Will"),
    "Zachary": ("Zach",),
}

# Two people, not one misspelt: similarity alone would join them.
LOOKALIKES: tuple[tuple[str, str], ...] = (
    ("Christian", "Christina"),
    ("Daniel", "Danielle"),
    ("Maria", "Marie"),
    ("Julian", "Juliane"),
    ("Andrea", "Andreas"),
    ("Paul", "Paula"),
    ("Stefan", "Stefanie"),
    ("Simon", "Simone"),
    ("Gabriel", "Gabriele"),
    ("Eric", "Erica"),
)

# One person whose given name is heard or typed in two ways.
VARIANTS: tuple[tuple[str, str], ...] = (
    ("Christina", "Christine"),
    ("Katrin", "Kathrina"),
    ("Marion", "Marianne"),
    ("Annette", "Anneliese"),
    ("Martin", "Martijn"),
    ("Helena", "Helene"),
)

# Compound given names as different registers write them.
DOUBLE_GIVEN: tuple[str, ...] = (
    "Hans-Peter",
    "Karl-Heinz",
    "Anna-Lena",
    "Jean-Luc",
    "Marie-Claire",
    "Eva-Maria",
    "Jan-Erik",
    "Ann-Christin",
)

# Given name and surname so common that two strangers in one country share them.
COMMON_NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "de": (
        ("Michael", "Schmidt"),
        ("Thomas", "Müller"),
        ("Peter", "Weber"),
        ("Sabine", "Fischer"),
        ("Andreas", "Wagner"),
    ),
    "en": (("Sarah", "Wilson"), ("David", "Brown"), ("John", "Miller"), ("James", "Taylor"), ("Emma", "Jones")),
}
