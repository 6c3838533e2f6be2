"""What a job title says by its words: how senior somebody is and what they do; nothing where the words are strange."""

import re
from functools import lru_cache

from pipeline.matching.single import folded

SENIORITIES = ("executive", "director", "manager", "staff")
FUNCTIONS = (
    "general management", "operations", "engineering", "it", "purchasing", "finance", "sales", "marketing",
    "human resources", "legal", "other",
)  # fmt: skip

# The most senior word counts once: "vice president" is no president, an assistant to one is neither.
_SENIORITY: tuple[tuple[str, str], ...] = (
    ("staff", r"assistant to|assistenz|executive assistant|personal assistant|secretary|sekretar\w*|intern|trainee"
              r"|working student|werkstudent\w*|praktikant\w*|apprentice|azubi|stagiaire|becario|stagista|junior"),
    ("executive", r"ceo|cto|cfo|coo|cio|cmo|cpo|cro|ciso|chief|owner|founder|cofounder|co founder|president"
                  r"|vp|svp|evp|vice president|managing director|general director|executive director|md"
                  r"|geschaftsfuhrer\w*|geschaeftsfuehrer\w*|inhaber\w*|vorstand\w*|vorsitzende\w*|prokurist\w*"
                  r"|pdg|directeur general|directrice generale|gerant|president directeur|propietari\w*"
                  r"|director general|directora general|gerente general|consejero delegado|amministratore delegato"
                  r"|titolare|vd|verkstallande direktor|verkstaellande direktor|prezes|wlasciciel\w*|partner"
                  r"|algemeen directeur|eigenaar"),
    ("director", r"director|directora|directeur|directrice|direttore|direttrice|direktor\w*|dyrektor\w*|head|leiter\w*"
                 r"|leitung|bereichsleit\w*|abteilungsleit\w*|werksleit\w*|chef|responsable|responsabile"
                 r"|hoofd|avdelningschef|kierownik|jefe|jefa"),
    ("manager", r"manager\w*|lead|team lead|teamleit\w*|gruppenleit\w*|supervisor|coordinator|koordinator\w*"
                r"|controller|gerente|encargad\w*|capo|coordinatore|ledare|teamchef|projektleit\w*|superintendent"
                r"|foreman|meister"),
    ("staff", r"engineer\w*|ingenieur\w*|ingenior\w*|analyst|specialist|spezialist\w*|buyer|einkaufer\w*"
              r"|einkaeufer\w*|consultant|advisor|developer|entwickler\w*|technician|techniker\w*|planner|clerk"
              r"|representative|officer|associate|administrator|accountant|buchhalter\w*|operator|sachbearbeit\w*"
              r"|designer|scientist|assistant|student|inkopare|acheteur|acheteuse|comprador\w*|tecnico|technicien\w*"),
)  # fmt: skip
_FUNCTION: tuple[tuple[str, str], ...] = (
    ("purchasing", r"purchas\w*|procurement|buyer|buying|sourcing|einkauf\w*|einkaeuf\w*|beschaffung|achats?|acheteu\w*"
                   r"|compras|comprador\w*|acquisti|inkop\w*|inkoop|zakup\w*|category manager|supply chain"),
    ("human resources", r"hr|human resources|people|talent|recruit\w*|personal\w*|ressources humaines|recursos humanos"
                        r"|risorse umane|kadr\w*"),
    ("finance", r"finance|financial|cfo|controller|controlling|accounting|accountant|treasur\w*|finanz\w*"
                r"|buchhalt\w*|financier\w*|financiero|finanziario|ekonomi\w*|finans\w*"),
    ("it", r"it|cio|cto|ciso|information technology|information systems|systems|software|data|digital|devops|edv"
           r"|informatik\w*|informatique|informatica|infrastructure|security|developer|entwickler\w*|cloud"),
    ("marketing", r"marketing|cmo|brand|content|communications?|pr|growth|kommunikation|mercadotecnia|mercadeo"),
    ("sales", r"sales|vertrieb\w*|account executive|account manager|business development|commercial|revenue|cro"
              r"|verkauf\w*|ventes?|ventas|vendite|forsalj\w*|export"),
    ("operations", r"operations?|coo|plant|production|produktion\w*|manufacturing|logisti\w*|maintenance|instandhalt\w*"
                   r"|betrieb\w*|werksleit\w*|fertigung\w*|warehouse|lager\w*|quality|qualitat\w*|qualitaet\w*|facility"
                   r"|exploitation|operaciones|produccion|produzione|drift|site|fleet"),
    ("engineering", r"engineer\w*|engineering|technical|technik\w*|technisch\w*|r d|research|development|entwicklung\w*"
                    r"|konstruktion\w*|product|design\w*|ingenieur\w*|technique|tecnic\w*|teknisk\w*|scientist"),
    ("legal", r"legal|counsel|lawyer|compliance|jurist\w*|recht\w*|juridique|attorney"),
    ("general management", r"ceo|owner|founder|cofounder|president|managing director|general manager|general director"
                           r"|geschaftsfuhr\w*|geschaeftsfuehr\w*|inhaber\w*|vorstand\w*|pdg|gerant|director general"
                           r"|gerente general|directeur general|amministratore delegato|titolare|propietari\w*|md|vd"
                           r"|chief executive\w*|consejero delegado|partner|prezes|eigenaar|algemeen directeur"),
)  # fmt: skip
_RECRUITER = re.compile(
    r"\b(?:recruit\w*|headhunter|talent acquisition|staffing|personalberat\w*|personalvermitt\w*)\b"
)
_PATTERNS = [(name, re.compile(rf"\b(?:{words})\b")) for name, words in _SENIORITY]
_WORK = [(name, re.compile(rf"\b(?:{words})\b")) for name, words in _FUNCTION]


@lru_cache(maxsize=65536)
def seniority(title: str) -> str:
    """executive (C-level, vice president, owner), director, manager or staff; "" where the title does not say."""
    words = folded(title)
    return next((name for name, pattern in _PATTERNS if pattern.search(words)), "")


@lru_cache(maxsize=65536)
def function(title: str, department: str = "") -> str:
    """One of `FUNCTIONS`, from the title first, then the department; "" where neither says."""
    for text in (title, department):
        words = folded(text)
        found = next((name for name, pattern in _WORK if pattern.search(words)), "")
        if found:
            return found
    return ""


def function_words(name: str) -> str:
    """One of `FUNCTIONS` as it is written in a sentence."""
    return "IT" if name == "it" else name


@lru_cache(maxsize=65536)
def is_recruiter(text: str) -> bool:
    """Whether a title or a company's name is that of a recruiter or a staffing agency."""
    return bool(_RECRUITER.search(folded(text)))
